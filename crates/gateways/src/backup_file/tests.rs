use super::*;
use std::io::{Read as _, Write as _};

fn words(length: usize) -> Vec<u8> {
    // Words that cannot be packed well, so that several parts are written.
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u8::try_from(state >> 56).expect("one byte")
    };
    (0..length).map(|_| next()).collect()
}

fn written(text: &[u8], key: Option<&BackupKey>) -> Vec<u8> {
    let mut writer = BackupWriter::new(Vec::new(), key, &crate::random::Random::seeded(5)).expect("begun");
    writer.write_all(text).expect("taken");
    writer.finish().expect("finished")
}

fn read(bytes: &[u8], key: Option<&BackupKey>) -> Result<Vec<u8>, BackupFileError> {
    let mut reader = BackupReader::new(bytes, key)?;
    let mut text = Vec::new();
    reader.read_to_end(&mut text)?;
    reader.finish()?;
    Ok(text)
}

fn keys() -> [Option<BackupKey>; 2] {
    [None, Some(BackupKey::new("ein sehr langes Geheimnis"))]
}

#[test]
fn what_was_written_is_read_plain_and_sealed() {
    for key in keys() {
        for length in [0, 1, PART, 3 * PART + 17] {
            let text = words(length);
            let bytes = written(&text, key.as_ref());
            assert_eq!(read(&bytes, key.as_ref()).expect("whole"), text, "{length}");
            assert_eq!(BackupReader::new(&bytes[..], key.as_ref()).expect("read").is_sealed(), key.is_some());
        }
    }
}

#[test]
fn a_backup_cut_anywhere_is_never_whole() {
    for key in keys() {
        let bytes = written(&words(2 * PART), key.as_ref());
        let step = if key.is_some() { bytes.len() / 12 } else { 61 };
        let ends =
            [0, 1, 14, 15, 30, 50, bytes.len() - 1, bytes.len() - 32, bytes.len() - 33, bytes.len() - 36];
        for end in (0..bytes.len()).step_by(step).chain(ends) {
            assert!(read(&bytes[..end], key.as_ref()).is_err(), "cut at {end} of {}", bytes.len());
        }
    }
}

#[test]
fn a_bit_that_turned_is_found_wherever_it_is() {
    for key in keys() {
        let bytes = written(b"a short text that is written as one part", key.as_ref());
        let step = if key.is_some() { 11 } else { 1 };
        for bit in (0..bytes.len() * 8).step_by(step) {
            let mut turned = bytes.clone();
            turned[bit / 8] ^= 1 << (bit % 8);
            assert!(read(&turned, key.as_ref()).is_err(), "bit {bit}");
        }
    }
}

#[test]
fn parts_that_were_swapped_repeated_or_left_out_are_found_even_with_a_right_hash() {
    let key = &keys()[1];
    let bytes = written(&words(3 * PART), key.as_ref());
    let head = 15 + SALT + NONCE;
    let length = 4 + PART + TAG;
    let part = |at: usize| &bytes[head + at * length..head + (at + 1) * length];
    let rest = &bytes[head + 2 * length..bytes.len() - HASH];
    for middle in [[part(1), part(0)].concat(), [part(0), part(0)].concat(), part(0).to_vec()] {
        let mut forged = [&bytes[..head], &middle, rest].concat();
        use sha2::{Digest as _, Sha256};
        let hash = Sha256::digest(&forged);
        forged.extend_from_slice(&hash);
        assert!(read(&forged, key.as_ref()).is_err());
    }
}

#[test]
fn each_way_to_be_wrong_is_told_apart() {
    let [_, key] = keys();
    let (plain, sealed) = (written(b"x", None), written(b"x", key.as_ref()));
    let said = |bytes: &[u8], key: Option<&BackupKey>| read(bytes, key).expect_err("wrong").to_string();
    assert!(said(b"PK\x03\x04 something else entirely", None).contains("no backup of kiez"));
    assert!(said(b"", None).contains("no backup of kiez"));
    assert!(said(b"kiez backup 12\nX and more", None).contains("newer"));
    assert!(said(&sealed, None).contains("backup_key"));
    assert!(said(&sealed, Some(&BackupKey::new("another secret"))).contains("does not open"));
    assert!(said(&plain[..plain.len() - 3], None).contains("not whole"));
    assert!(said(&[&plain[..], b"x"].concat(), None).contains("behind its end"));
    assert_eq!(read(&plain, key.as_ref()).expect("a plain one needs none"), b"x");
    assert!(!format!("{key:?}").contains("Geheimnis"), "a key is not shown");
}

#[test]
fn a_file_has_its_name_only_when_it_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("a.kiezbackup");
    let names = || std::fs::read_dir(folder.path()).expect("read").count();
    let mut file = NewFile::beside(&target, false).expect("begun");
    file.write_all(b"half").expect("written");
    assert!(!target.exists());
    let second = NewFile::beside(&target, false).expect_err("somebody else writes it");
    assert_eq!(second.kind(), io::ErrorKind::ResourceBusy);
    drop(file);
    assert_eq!(names(), 0, "what was not kept is gone");
    std::fs::write(folder.path().join("a.kiezbackup.part"), "left by somebody who was ended")
        .expect("written");
    let mut file = NewFile::beside(&target, false).expect("begun");
    file.write_all(b"whole").expect("written");
    let mut again = String::new();
    file.reread().expect("read").read_to_string(&mut again).expect("read");
    assert_eq!(again, "whole");
    assert_eq!(file.keep().expect("kept"), 5);
    assert_eq!((std::fs::read(&target).expect("there"), names()), (b"whole".to_vec(), 1));
    let kind = |replace| NewFile::beside(&target, replace).map(drop).map_err(|error| error.kind());
    assert_eq!(kind(false), Err(io::ErrorKind::AlreadyExists));
    assert_eq!(kind(true), Ok(()));
    assert_eq!(std::fs::read(&target).expect("still there"), b"whole");
    assert!(NewFile::beside(folder.path(), true).is_err(), "a folder is no file");
}

#[test]
fn only_files_of_our_own_are_counted_and_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = OwnFiles::new(folder.path(), "0a1b2c3d");
    let moments: Vec<_> =
        (0..4).map(|day| kiez_domain::instant::Instant(1_772_436_600_000).plus_days(day)).collect();
    for moment in &moments {
        std::fs::write(own.at(*moment), "x").expect("written");
    }
    for foreign in [
        "kiez-ffffffff-20200101T000000Z.kiezbackup",
        "kiez-0a1b2c3d-20200101T000000Z.kiezbackup.part",
        "kiez-0a1b2c3d-2020-01-01.kiezbackup",
        "kiez-0a1b2c3d-20200101T000000Z.kiezbackup.old",
        "notes.txt",
    ] {
        std::fs::write(folder.path().join(foreign), "x").expect("written");
    }
    let now = moments[3];
    // A clock that was wrong for a day.
    let future = now.plus_days(9_000);
    std::fs::write(own.at(future), "x").expect("written");
    let ages = |now| own.list(now).expect("read").iter().map(|own| own.at).collect::<Vec<_>>();
    assert_eq!(ages(now), moments);
    assert_eq!(ages(future).len(), 5);
    assert_eq!(own.keep_newest(2, now).expect("removed"), 2);
    assert_eq!(ages(now), moments[2..]);
    assert_eq!(own.keep_newest(0, now).expect("removed"), 1, "the newest always stays");
    let names = || std::fs::read_dir(folder.path()).expect("read").count();
    assert_eq!(names(), 7);
    let writing = NewFile::beside(&own.at(now.plus_days(1)), false).expect("begun");
    own.remove_rests().expect("removed");
    assert_eq!(names(), 7, "one rest went, one is being written");
    drop(writing);
    assert_eq!(names(), 6);
    assert!(own.at(moments[0]).display().to_string().ends_with("kiez-0a1b2c3d-20260302T073000Z.kiezbackup"));
}
