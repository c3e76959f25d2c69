//! How a file is packed, by its first bytes; what its name promises.

/// How many bytes tell: the first header of a tar archive.
pub(super) const HEAD_BYTES: usize = 512;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// It is not.
    Plain,
    Gzip,
    Zstd,
    Zip,
    Tar,
    /// In a way that is not read here: its name, and the command that unpacks it to standard output.
    Foreign(&'static str, &'static str),
}

impl Packing {
    /// By the first [`HEAD_BYTES`] of a file, or all of a shorter one.
    pub(super) fn of(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, ..] => Self::Gzip,
            // A frame, or one that is to be skipped, as parallel writers put first.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Zstd,
            // With members, without any, and in several parts.
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] => Self::Zip,
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => {
                Self::Foreign("bzip2", "bzip2 -dc")
            }
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Foreign("xz", "xz -dc"),
            [0x04, 0x22, 0x4d, 0x18, ..] => Self::Foreign("lz4", "lz4 -dc"),
            [0x1f, 0x9d, ..] => Self::Foreign("compress (.Z)", "gzip -dc"),
            [b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => Self::Foreign("7-Zip", "7z x -so"),
            [b'R', b'a', b'r', b'!', 0x1a, 0x07, ..] => Self::Foreign("RAR", "unrar p -inul"),
            _ if is_tar(head) => Self::Tar,
            _ => Self::Plain,
        }
    }
}

/// Whether this is the header of a tar archive, of any age: its checksum is right.
fn is_tar(head: &[u8]) -> bool {
    let Ok(block) = <&[u8; HEAD_BYTES]>::try_from(head) else {
        return false;
    };
    let stated = tar::Header::from_byte_slice(block).cksum();
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    // The sum counts its own eight bytes as spaces.
    let real = sum(&block[..148]) + 8 * 32 + sum(&block[156..]);
    stated.is_ok_and(|stated| stated == real)
}

/// The packing that the end of a file's name promises, as that end.
pub(super) fn promised(name: &str) -> Option<&'static str> {
    const ENDINGS: [&str; 12] = [
        ".gz", ".tgz", ".gzip", ".zst", ".zstd", ".tzst", ".zip", ".tar", ".bz2", ".xz", ".lz4",
        ".7z",
    ];
    let name = name.to_ascii_lowercase();
    ENDINGS.into_iter().find(|ending| name.ends_with(ending))
}

/// The name of what a compressed file holds: `works.json` of `works.json.gz`, `a.tar` of `a.tgz`.
pub(super) fn unpacked_name(name: &str) -> String {
    match promised(name) {
        Some(ending @ (".tgz" | ".tzst")) => {
            format!("{}.tar", &name[..name.len() - ending.len()])
        }
        Some(".zip" | ".tar") | None => name.to_owned(),
        Some(ending) => name[..name.len() - ending.len()].to_owned(),
    }
}
