//! What a run fetches, by the words of the command line and the configuration.

use super::{Source, Target};

/// Why the words of the command line mean nothing that can be fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPlan {
    /// A target that is none.
    #[error(transparent)]
    Target(#[from] super::InvalidTarget),
    /// A target of which the sources that were named cannot tell.
    #[error("{0} is not to be had from {1}")]
    Nowhere(Target, String),
    /// Neither the command line nor the configuration names a target.
    #[error(
        "nothing is named to fetch: give targets such as orcid:0000-0002-1825-0097, or set `targets` in [sync]"
    )]
    Nothing,
}

/// The pairs to fetch, in the order of their targets, each once. Words that are names of sources (`crossref`) restrict
/// the run to these; the others are targets. Without one the configured targets are meant.
///
/// # Errors
/// [`InvalidPlan`] in a sentence.
pub fn plan(words: &[String], configured: &[Target]) -> Result<Vec<(Source, Target)>, InvalidPlan> {
    let mut only: Vec<Source> = Vec::new();
    let mut named: Vec<Target> = Vec::new();
    for word in words {
        match Source::parse(word) {
            Some(source) => only.push(source),
            None => named.push(Target::parse(word)?),
        }
    }
    let wanted = |source: &Source| only.is_empty() || only.contains(source);
    let may_be_left_out = named.is_empty();
    let targets = if may_be_left_out { configured } else { &named };
    let mut pairs = Vec::new();
    for target in targets {
        let before = pairs.len();
        let sources = target.sources().iter().copied().filter(wanted);
        pairs.extend(sources.map(|source| (source, target.clone())));
        if pairs.len() == before && !may_be_left_out {
            let names: Vec<String> = only.iter().map(ToString::to_string).collect();
            return Err(InvalidPlan::Nowhere(target.clone(), names.join(" or ")));
        }
    }
    if pairs.is_empty() {
        return Err(InvalidPlan::Nothing);
    }
    let mut once = Vec::with_capacity(pairs.len());
    for pair in pairs {
        if !once.contains(&pair) {
            once.push(pair);
        }
    }
    Ok(once)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(words: &str, configured: &[&str]) -> Result<Vec<String>, String> {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        let configured: Vec<Target> = configured
            .iter()
            .map(|text| Target::parse(text).unwrap())
            .collect();
        let pairs = plan(&words, &configured).map_err(|error| error.to_string())?;
        let shown = |(source, target): (Source, Target)| format!("{} {target}", source.as_str());
        Ok(pairs.into_iter().map(shown).collect())
    }

    #[test]
    fn a_target_is_asked_for_at_every_source_that_can_tell_of_it() {
        let found = planned("ror:046rm7j60 arxiv:cs.CL ror:046rm7j60", &["openalex:A1"]);
        assert_eq!(
            found.unwrap(),
            [
                "openalex ror:046rm7j60",
                "crossref ror:046rm7j60",
                "arxiv arxiv:cs.CL"
            ]
        );
    }

    #[test]
    fn words_that_name_sources_restrict_the_run() {
        let found = planned("Crossref ror:046rm7j60", &[]);
        assert_eq!(found.unwrap(), ["crossref ror:046rm7j60"]);
        let found = planned("arxiv", &["ror:046rm7j60", "arxiv:cs.CL"]);
        assert_eq!(found.unwrap(), ["arxiv arxiv:cs.CL"]);
        let error = planned("arxiv orcid ror:046rm7j60", &[]).unwrap_err();
        assert_eq!(error, "ror:046rm7j60 is not to be had from arXiv or ORCID");
    }

    #[test]
    fn without_targets_there_is_nothing_to_fetch() {
        for (words, configured) in [("", &[][..]), ("crossref", &["arxiv:cs.CL"])] {
            let error = planned(words, configured).unwrap_err();
            assert!(error.contains("set `targets`"), "{error}");
        }
        assert!(planned("crossreff", &["arxiv:cs.CL"]).is_err());
    }
}
