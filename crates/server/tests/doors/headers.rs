//! What every page's answer carries, and what it weighs.

use crate::browser::{get, send};
use crate::world::{Who, World};
use axum::http::StatusCode;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use store::testing::each_migrated;

/// DESIGN section 12: a patient's page with all that it loads, over the wire.
const MOST_BYTES: usize = 60_000;

fn packed(bytes: &[u8]) -> usize {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_forbids_foreign_scripts_frames_and_caches() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let base = format!("/p/{}", world.rosa);
        for path in [format!("{base}/"), format!("{base}/nothing"), "/sign-in".into(), "/nothing".into()] {
            let page = get(&world, Who::Rosa, &path).await;
            let policy = page.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'; script-src 'nonce-"), "{path}: {policy}");
            for word in ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
                assert!(policy.contains(word), "{path}: {policy}");
            }
            assert!(!policy.contains("unsafe"), "{path}: {policy}");
            let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
            assert!(nonce.len() >= 22 && page.text().contains(&format!("nonce=\"{nonce}\"")), "{path}");
            assert_eq!(page.header("cache-control"), "no-store", "{path}");
            assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
            assert_eq!(page.header("x-request-id").len(), 36, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_pages_never_share_a_nonce() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let one = send(&world, ("GET", "/sign-in"), &[], "").await;
        let two = send(&world, ("GET", "/sign-in"), &[], "").await;
        assert_ne!(one.header("content-security-policy"), two.header("content-security-policy"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patients_page_with_everything_it_loads_weighs_less_than_60_kilobytes() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        for _ in 0..30 {
            world.thread().await;
        }
        let folder = server::web::assets::folder();
        let mut shared = 0;
        for name in ["samechart.css", "patient.js", "forms.js", "live.js", "icon.svg"] {
            let file = send(&world, ("GET", &format!("{folder}/{name}")), &[], "").await;
            assert_eq!(file.status, StatusCode::OK, "{name}");
            assert!(file.header("cache-control").contains("immutable"), "{name}");
            shared += packed(&file.bytes);
        }
        let base = format!("/p/{}", world.rosa);
        for rest in ["/", "/messages", "/messages/new", "/record", "/results", "/looked", "/more"] {
            let page = get(&world, Who::Rosa, &format!("{base}{rest}")).await;
            assert_eq!(page.status, StatusCode::OK, "{rest}");
            let weight = shared + packed(&page.bytes);
            println!("{rest}: {weight} bytes, of which {shared} are kept by the browser");
            assert!(weight < MOST_BYTES, "{rest}: {weight}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_studys_report_may_use_its_own_style_and_nothing_else() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let base = format!("/study/runs/{}", world.studies[0]);
        let page = get(&world, Who::Analyst, &format!("{base}/report")).await;
        let policy = page.header("content-security-policy");
        // SHA-256 of "p { color: red }" by another program.
        let style = "'sha256-ngewhhP73WDIbgwseeu52VAAJgKdGUsu1IUQQsAm8m4='";
        assert_eq!(
            policy,
            format!("default-src 'none'; style-src {style}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
        );
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-store");
        let file = get(&world, Who::Analyst, &format!("{base}/files/report.json")).await;
        assert_eq!(file.header("content-type"), "application/json");
        let saved = file.header("content-disposition");
        assert!(saved.starts_with("attachment; filename=\"ralston-2009-20") && saved.ends_with("-report.json\""), "{saved}");
        assert!(file.header("content-security-policy").contains("script-src 'nonce-"));
    })
    .await;
}
