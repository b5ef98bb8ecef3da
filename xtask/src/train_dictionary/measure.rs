use std::io::BufRead;
use std::time::Instant;
pub fn go(bulk: &std::path::Path, dicts: &[(&str, Vec<u8>)], levels: &[i32]) {
    let mut files: Vec<_> = std::fs::read_dir(bulk).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut all: Vec<(String, Vec<Vec<u8>>)> = vec![];
    for f in files {
        let lines = std::io::BufReader::new(flate2::read::GzDecoder::new(std::fs::File::open(&f).unwrap())).lines().map(|l| l.unwrap().into_bytes()).collect();
        all.push((f.file_name().unwrap().to_string_lossy().split('.').next().unwrap().to_owned(), lines));
    }
    for (name, dict) in dicts {
        for &level in levels {
            let e = zstd::dict::EncoderDictionary::copy(dict, level);
            let mut c = zstd::bulk::Compressor::with_prepared_dictionary(&e).unwrap();
            c.include_dictid(false).unwrap();
            let (mut tin, mut tout, mut hin, mut hout) = (0usize, 0usize, 0usize, 0usize);
            let start = Instant::now();
            let mut buf = Vec::with_capacity(16<<20);
            let mut lines_out = vec![];
            for (ty, recs) in &all {
                let (mut i, mut o) = (0usize, 0usize);
                for (n, r) in recs.iter().enumerate() {
                    buf.clear();
                    c.compress_to_buffer(r, &mut buf).unwrap();
                    let l = buf.len() - 4 + 31;
                    i += r.len(); o += l;
                    if n % 2 == 1 { hin += r.len(); hout += l; }
                }
                lines_out.push(format!("    {ty:25} {i:9} {:.3}", o as f64 / i as f64));
                tin += i; tout += o;
            }
            let s = start.elapsed().as_secs_f64();
            println!("{name} {} level {level}: ratio {:.4} heldout {:.4} speed {:.0} MB/s", dict.len(), tout as f64 / tin as f64, hout as f64/hin as f64, tin as f64 / s / 1e6);
            if level == 3 { println!("{}", lines_out.join("\n")); }
        }
    }
}
