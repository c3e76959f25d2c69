//! Explore.
use super::open;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[test]
fn explore() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(data)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    folders.sort();
    for folder in folders {
        if folder.extension().is_some_and(|e| e == "enc" || e == "md") {
            continue;
        }
        let t = std::time::Instant::now();
        let mut sources = open(&[folder.clone()], None, &std::env::temp_dir());
        let mut formats: BTreeMap<String, usize> = BTreeMap::new();
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        let mut ok = 0;
        let notes = sources.notes();
        let (read, total) = (sources.bytes_read(), sources.total_bytes());
        for source in sources.by_ref() {
            match source {
                Ok(s) => {
                    *formats.entry(format!("{:?}", s.format)).or_default() += 1;
                    for r in s.records {
                        match r {
                            Ok(_) => ok += 1,
                            Err(e) => *reasons.entry(e.to_string()).or_default() += 1,
                        }
                    }
                }
                Err(e) => *reasons.entry(format!("SOURCE {e}")).or_default() += 1,
            }
        }
        println!(
            "{}: ok {ok} {formats:?} read {} of {total:?} {:?}",
            folder.file_name().unwrap().display(),
            read.get(),
            t.elapsed()
        );
        for (r, n) in reasons.iter().take(5) {
            println!("    {n} {r}");
        }
        println!(
            "    {} reasons, notes {:?}",
            reasons.values().sum::<usize>(),
            notes.take()
        );
    }
}
