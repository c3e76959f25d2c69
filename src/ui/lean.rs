//! Resources that do not carry into the page what the page already shows.
//!
//! The server renders a resource into HTML and writes its value beside it, so that the browser can
//! take over. Text that went through `inner_html` is not needed there a second time: hydration keeps
//! what stands in the document. A [`Lean`] value leaves it out of that copy, and only of that copy:
//! the server function answers in full.

use codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value that can be told without the text that `inner_html` put into the document.
pub trait Lean: Clone {
    /// The same structure with such text emptied.
    fn lean(&self) -> Self;
}

impl<T: Lean, E: Clone> Lean for Result<T, E> {
    fn lean(&self) -> Self {
        self.as_ref().map(Lean::lean).map_err(Clone::clone)
    }
}

/// JSON of the [`Lean`] form.
pub struct LeanJson;

impl<T: Lean + Serialize> Encoder<T> for LeanJson {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, serde_json::Error> {
        serde_json::to_string(&value.lean())
    }
}

impl<T: DeserializeOwned> Decoder<T> for LeanJson {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, serde_json::Error> {
        serde_json::from_str(text)
    }
}
