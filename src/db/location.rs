//! Where the data lives, as the operator says it.

use std::path::{Path, PathBuf};

use super::{DbError, DbResult};

/// Where the data lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// One SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL URL.
    Postgres(String),
}

/// For messages: the file, or the server and its database without the password.
impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(url) => match url::Url::parse(url) {
                Ok(url) => {
                    write!(f, "postgres://{}", url.host_str().unwrap_or_default())?;
                    if let Some(port) = url.port() {
                        write!(f, ":{port}")?;
                    }
                    f.write_str(url.path())
                }
                Err(_) => f.write_str("postgres://…"),
            },
        }
    }
}

impl Location {
    /// `None` means the embedded database in the data folder.
    pub fn parse(url: Option<&str>, data: &Path) -> DbResult<Self> {
        match url {
            None => Ok(Self::Sqlite(data.join("bzpeer.db"))),
            Some(u) if u.starts_with("postgres://") || u.starts_with("postgresql://") => {
                Ok(Self::Postgres(u.to_owned()))
            }
            Some(u) => match u.strip_prefix("sqlite:") {
                Some(path) => Ok(Self::Sqlite(PathBuf::from(
                    path.strip_prefix("//").unwrap_or(path),
                ))),
                // The URL may hold a password: only its scheme is repeated.
                None => Err(DbError::Url(format!(
                    "`{}` is neither postgres:// nor sqlite:",
                    u.split(':').next().unwrap_or_default()
                ))),
            },
        }
    }
}
