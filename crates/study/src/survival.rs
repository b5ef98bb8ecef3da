//! How long it took until something happened, where some were followed without its happening: the product-limit
//! estimate (Kaplan and Meier 1958) with Greenwood's errors and intervals on the logarithm, as R `survival` has them.

/// The upper 2.5 % of the normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;
/// Below this two survival probabilities are the same.
const SAME: f64 = 1.5e-8;

/// How long one was followed, and whether it happened then or following ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Followed {
    pub time: f64,
    pub happened: bool,
}

/// Those of one length of time together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tied {
    pub time: f64,
    pub happened: u64,
    /// Followed so far and no further; they count among those at risk at this time.
    pub ended: u64,
}

/// A step of the curve: it holds from `time` until the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    pub time: f64,
    pub at_risk: u64,
    pub happened: u64,
    /// The share to whom it has not happened yet.
    pub waiting: f64,
    /// Greenwood's standard error of `waiting`.
    pub error: f64,
    pub interval: [f64; 2],
}

/// The estimate of one group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    pub n: u64,
    pub happened: u64,
    /// By rising time, only where it happened.
    pub steps: Vec<Step>,
}

/// When it had happened to a share, with its 95 % interval; ends that were not reached are `None`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantile {
    pub time: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

impl Curve {
    /// Of people one by one, in any order.
    pub fn of(followed: &[Followed]) -> Curve {
        let mut sorted: Vec<&Followed> = followed.iter().collect();
        sorted.sort_by(|one, two| one.time.total_cmp(&two.time));
        let mut tied: Vec<Tied> = Vec::new();
        for one in sorted {
            if tied.last().is_none_or(|last| last.time != one.time) {
                tied.push(Tied { time: one.time, happened: 0, ended: 0 });
            }
            if let Some(last) = tied.last_mut() {
                last.happened += u64::from(one.happened);
                last.ended += u64::from(!one.happened);
            }
        }
        Curve::of_tied(&tied)
    }

    /// Of counts by strictly rising time.
    pub fn of_tied(tied: &[Tied]) -> Curve {
        let n = tied.iter().map(|tied| tied.happened + tied.ended).sum();
        let mut curve = Curve { n, happened: tied.iter().map(|tied| tied.happened).sum(), steps: Vec::new() };
        let (mut at_risk, mut waiting, mut greenwood) = (n, 1.0, 0.0);
        for tied in tied {
            if tied.happened > 0 {
                let (all, part) = (at_risk as f64, tied.happened as f64);
                waiting *= 1.0 - part / all;
                greenwood += part / (all * (all - part));
                let relative = greenwood.sqrt();
                curve.steps.push(Step {
                    time: tied.time,
                    at_risk,
                    happened: tied.happened,
                    waiting,
                    error: waiting * relative,
                    interval: interval(waiting, relative),
                });
            }
            at_risk -= tied.happened + tied.ended;
        }
        curve
    }

    /// The step that holds at a time; `None` before the first.
    pub fn at(&self, time: f64) -> Option<&Step> {
        self.steps[..self.steps.partition_point(|step| step.time <= time)].last()
    }

    /// The share to whom it has not happened by a time.
    pub fn waiting_at(&self, time: f64) -> f64 {
        self.at(time).map_or(1.0, |step| step.waiting)
    }

    /// When half of them had seen it happen; `None` where fewer than half have.
    pub fn median(&self) -> Option<Quantile> {
        let time = self.crossing(0.5, |step| step.waiting)?;
        let low = self.crossing(0.5, |step| step.interval[0]);
        let high = self.crossing(0.5, |step| step.interval[1]);
        Some(Quantile { time, low, high })
    }

    /// Where a value falls to a share; in the middle of the steps between which it stays there.
    fn crossing(&self, share: f64, value: impl Fn(&Step) -> f64) -> Option<f64> {
        let at = self.steps.iter().position(|step| value(step) <= share + SAME)?;
        let (here, next) = (&self.steps[at], self.steps.get(at + 1));
        match next {
            Some(next) if (value(here) - share).abs() <= SAME => Some((here.time + next.time) / 2.0),
            _ => Some(here.time),
        }
    }
}

/// On the logarithm of the share; no error is left where nobody waits any more.
fn interval(waiting: f64, relative: f64) -> [f64; 2] {
    if waiting <= 0.0 {
        return [f64::NAN, f64::NAN];
    }
    [waiting * (-NORMAL * relative).exp(), (waiting * (NORMAL * relative).exp()).min(1.0)]
}
