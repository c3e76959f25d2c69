//! Settings: a flag wins over the environment, the environment over the file, the file over the default.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;

/// The settings as they may be given; everything is optional.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub struct Settings {
    /// Configuration file (TOML; the same names as the flags, with underscores)
    #[arg(long, env = "BZPEER_CONFIG", global = true, value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Address to listen on [default: 127.0.0.1:3000]
    #[arg(long, env = "BZPEER_ADDR", global = true)]
    pub addr: Option<SocketAddr>,
    /// Folder for the embedded database and mail files [default: data]
    #[arg(long, env = "BZPEER_DATA", global = true, value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// postgres://… to use PostgreSQL instead of the embedded database
    #[arg(
        long,
        env = "BZPEER_DATABASE_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
    /// Address under which people reach the site [default: http:// and the listening address]
    #[arg(long, env = "BZPEER_BASE_URL", global = true, value_name = "URL")]
    pub base_url: Option<String>,
    /// smtp://user:password@host:port or smtps://…; without it mail is written to files
    #[arg(
        long,
        env = "BZPEER_SMTP_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    pub smtp_url: Option<String>,
    /// Sender of mail [default: BZPEER <noreply@ and the host of the base URL>]
    #[arg(long, env = "BZPEER_MAIL_FROM", global = true, value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Folder with the built browser files [default: site beside the program, else target/site]
    #[arg(long, env = "BZPEER_SITE_ROOT", global = true, value_name = "FOLDER")]
    pub site_root: Option<PathBuf>,
    /// Address of a reverse proxy whose X-Forwarded-For is believed (may be repeated)
    #[arg(
        long,
        env = "BZPEER_TRUSTED_PROXY",
        global = true,
        value_name = "IP",
        value_delimiter = ','
    )]
    #[serde(default)]
    pub trusted_proxy: Vec<IpAddr>,
    /// Live sources: in the configuration file only, see docs/syncing.md
    #[arg(skip)]
    pub sync: Option<toml::Table>,
}

/// The settings in force.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server listens.
    pub addr: SocketAddr,
    /// The data folder.
    pub data: PathBuf,
    /// PostgreSQL URL, if any.
    pub database_url: Option<String>,
    /// Public address, without a slash at the end.
    pub base_url: String,
    /// Mail server, if any.
    pub smtp_url: Option<String>,
    /// Sender of mail.
    pub mail_from: String,
    /// The built browser files.
    pub site_root: PathBuf,
    /// Believed proxies.
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether the demo's pages (logins, mail) are shown.
    pub demo: bool,
    /// Settings of live sources, as the configuration file gives them.
    pub sync: Option<toml::Table>,
}

/// A setting that cannot be used, in a sentence that names it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is not there or cannot be read.
    #[error("the configuration file {path} cannot be read: {error}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The file is not TOML or names an unknown setting.
    #[error("the configuration file {path} is wrong: {error}")]
    Wrong {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        error: toml::de::Error,
    },
    /// The base URL is not one.
    #[error("the base URL `{0}` is not an http(s) address without path")]
    BaseUrl(String),
}

impl Settings {
    /// Fills what was not given from the configuration file and the defaults.
    pub fn resolve(self) -> Result<Config, ConfigError> {
        let file = match &self.config {
            Some(path) => read_file(path)?,
            None => Settings::default(),
        };
        let addr = self
            .addr
            .or(file.addr)
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)));
        let base_url = self
            .base_url
            .or(file.base_url)
            .unwrap_or_else(|| format!("http://{addr}"));
        let base_url = base_url.trim_end_matches('/').to_owned();
        let host = match url::Url::parse(&base_url) {
            Ok(u) if matches!(u.scheme(), "http" | "https") && u.path() == "/" => {
                u.host_str().unwrap_or("localhost").to_owned()
            }
            _ => return Err(ConfigError::BaseUrl(base_url)),
        };
        let mail_host = if host.parse::<IpAddr>().is_ok() || !host.contains('.') {
            "localhost.localdomain"
        } else {
            host.as_str()
        };
        let trusted_proxies = if self.trusted_proxy.is_empty() {
            file.trusted_proxy
        } else {
            self.trusted_proxy
        };
        Ok(Config {
            addr,
            data: self.data.or(file.data).unwrap_or_else(|| "data".into()),
            database_url: self.database_url.or(file.database_url),
            smtp_url: self.smtp_url.or(file.smtp_url),
            mail_from: self
                .mail_from
                .or(file.mail_from)
                .unwrap_or_else(|| format!("BZPEER <noreply@{mail_host}>")),
            base_url,
            site_root: self
                .site_root
                .or(file.site_root)
                .unwrap_or_else(default_site_root),
            trusted_proxies,
            demo: false,
            sync: file.sync,
        })
    }
}

impl Config {
    /// Whether cookies may say `Secure`.
    pub fn secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

fn read_file(path: &Path) -> Result<Settings, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|error| ConfigError::Unreadable {
        path: path.to_owned(),
        error,
    })?;
    toml::from_str(&text).map_err(|error| ConfigError::Wrong {
        path: path.to_owned(),
        error,
    })
}

/// An installed program has its files beside it; a built one in `target/site`.
fn default_site_root() -> PathBuf {
    std::env::current_exe()
        .ok()
        .and_then(|exe| exe.parent().map(|folder| folder.join("site")))
        .filter(|site| site.is_dir())
        .unwrap_or_else(|| {
            std::env::current_exe()
                .ok()
                .and_then(|exe| Some(exe.parent()?.parent()?.join("site")))
                .filter(|site| site.is_dir())
                .unwrap_or_else(|| "target/site".into())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bzpeer.toml");
        std::fs::write(&path, "addr = \"127.0.0.1:4000\"\ndata = \"/srv/bzpeer\"\n").unwrap();
        let config = Settings {
            config: Some(path),
            addr: Some(SocketAddr::from(([127, 0, 0, 1], 5000))),
            ..Settings::default()
        }
        .resolve()
        .unwrap();
        assert_eq!(config.addr.port(), 5000);
        assert_eq!(config.data, PathBuf::from("/srv/bzpeer"));
        assert_eq!(config.base_url, "http://127.0.0.1:5000");
    }

    #[test]
    fn an_unknown_setting_in_the_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bzpeer.toml");
        std::fs::write(&path, "adr = \"127.0.0.1:4000\"\n").unwrap();
        let error = Settings {
            config: Some(path),
            ..Settings::default()
        }
        .resolve()
        .unwrap_err()
        .to_string();
        assert!(error.contains("adr"), "{error}");
    }

    #[test]
    fn a_base_url_with_a_path_is_refused() {
        let settings = Settings {
            base_url: Some("https://a.example/x".into()),
            ..Settings::default()
        };
        assert!(settings.resolve().is_err());
    }
}
