//! The patterns of titles and abstracts.
//!
//! `<t>` stands for the work's things, `<o>` for other things of the topic, `<m>` and `<k>` for a method and another one, `<a>` and
//! `<b>` for an aim and another one, `<s>` for the setting, `<q>` for a quality, `<u>` for a subtitle, `<N>` for an invented name,
//! `<n>` for a small number, `<c>` for a large one, `<p>` for a percentage, `<y>` for two years, `<D>` for a domain.

use crate::domain::work::WorkKind;

/// Titles of papers; each has four places to fill or more, so that a hundred thousand works find titles of their own.
const PAPERS: &[&str] = &[
    "<q> <m> for <a> of <t> <s>",
    "<a> for <t> <s>: a <q> approach",
    "<m> meets <t>: <q> <a> <s>",
    "<q> <a> for <t> <s>",
    "<t> <s>: <q> <a> through <m>",
    "towards <q> <a> of <t> <s>",
    "<m> for <t> <s>: <u>",
    "how <q> is <a> for <t> <s>?",
    "on <a> of <t> <s> using <m>",
    "rethinking <a> for <t> <s>: <u>",
    "from <m> to <a>: <q> models of <t> <s>",
    "<a> of <t> by <m> <s>",
    "learning from <t> <s>: <q> <m> for <a>",
    "a <q> framework for <a> of <t> with <m>",
    "<t> revisited: <q> <m> <s>",
    "when does <m> help? <a> of <t> <s>",
];

const DATASETS: &[&str] = &[
    "<t> <s>: a dataset for <q> <a>",
    "a <q> collection of <t> <s> for <a>",
    "<q> reference data on <t> <s> for <a>",
];

const SOFTWARE: &[&str] = &[
    "<N>: a <q> toolkit for <a> of <t> <s>",
    "<N>: <q> <m> for <t> <s>",
    "<N>: <a> of <t> with <q> <m>",
];

const THESES: &[&str] = &[
    "contributions to <q> <a> of <t> <s>",
    "<m> and <q> <a> for <t> <s>",
    "essays on <t> <s>: <q> <m> for <a>",
];

const BOOKS: &[&str] = &[
    "<t> and <a>: a <q> introduction to <m>",
    "a <q> handbook of <a> for <t> <s>",
    "<m> and <a>: <q> foundations for work on <t>",
];

const REPORTS: &[&str] = &[
    "<a> for <t> <s>: report of a <q> pilot",
    "assessing <t> <s>: <q> <m> and <a>",
    "recommendations for <q> <a> of <t> <s>",
];

/// The patterns of the titles of a kind.
pub fn titles(kind: WorkKind) -> &'static [&'static str] {
    match kind {
        WorkKind::Dataset => DATASETS,
        WorkKind::Software => SOFTWARE,
        WorkKind::Thesis => THESES,
        WorkKind::Book => BOOKS,
        WorkKind::Report => REPORTS,
        _ => PAPERS,
    }
}

pub const SUBTITLES: &[&str] = &[
    "a case study",
    "theory and practice",
    "a survey",
    "lessons learned",
    "new bounds and old questions",
    "a critical review",
    "evidence from the field",
    "a large-scale comparison",
    "limits and possibilities",
    "an empirical study",
    "methods and pitfalls",
    "what works and what does not",
    "a systematic evaluation",
    "open problems",
    "a replication",
    "a second look",
    "design and evaluation",
    "ten years on",
    "a common benchmark",
    "first results",
];

/// Sentences by the part that they play, in the order of an abstract.
pub const BACKGROUND: &[&str] = &[
    "<t> are studied widely, yet <a> <s> remains difficult.",
    "Over the last decade, interest in <t> has grown across several communities.",
    "<a> is a recurring need wherever <t> are used <s>.",
    "Much of what is known about <t> stems from small or idealised studies.",
    "The behaviour of <t> <s> is still poorly understood.",
    "Those who work with <t> have long asked for <q> <a>.",
    "Questions about <a> come up in almost every study of <t>.",
    "<t> and <o> are usually treated apart, although they share many difficulties.",
    "Recent advances in <m> have renewed interest in <t>.",
    "There is little agreement on how <a> should be carried out for <t> <s>.",
    "With the spread of <o>, <a> has moved to the centre of attention.",
];

pub const GAP: &[&str] = &[
    "Existing approaches rely on <k>, which is hard to apply <s>.",
    "Earlier work assumes that data are plentiful, an assumption that rarely holds <s>.",
    "So far, <b> and <a> have been handled separately.",
    "Most published results, however, cannot be compared with each other because protocols differ.",
    "What is missing is a <q> account that covers <t> as well as <o>.",
    "None of the available methods scales beyond a few hundred cases without manual tuning.",
    "In particular, it is unclear whether <m> offers any advantage over <k>.",
    "Costs rise quickly as soon as more than <n> sites are involved.",
    "Standard tools break down <s>, often without any visible sign.",
    "Reported gains tend to vanish once confounding factors are taken into account.",
];

pub const APPROACH: &[&str] = &[
    "We present a <q> approach that combines <m> with <k>.",
    "In this work we study <a> of <t> through <m>.",
    "This paper introduces a <q> procedure for <a>, built on <m>.",
    "Our starting point is <m>, which we extend step by step to <t>.",
    "We develop and analyse a <q> variant of <m> for <t> <s>.",
    "Here we ask whether <m> can support <a> of <t> <s>, and answer in the affirmative.",
    "We describe <n> case studies in which <m> was applied to <t>.",
    "Drawing on <c> observations of <t>, we examine how <m> affects <a>.",
    "We revisit <m> and show how it can be adapted to <t> <s>.",
    "The proposed method links <a> to <b> by means of <m>.",
];

pub const DETAIL: &[&str] = &[
    "A key ingredient is a <q> treatment of missing values.",
    "The procedure has two stages: the first reduces the problem to <b>, the second refines the outcome by <k>.",
    "All steps can be carried out on ordinary hardware within <n> minutes.",
    "We compare against <n> baselines under identical conditions.",
    "Particular care is taken to separate the effect of <m> from that of <k>.",
    "The design follows from a simple observation about <o>.",
    "Measurements were repeated at <n> sites between <y>.",
    "We also discuss how the choice of <k> influences <b>.",
    "Parameters were fixed in advance and are listed in the appendix.",
    "A step-by-step comparison confirms that both parts are needed.",
    "The analysis extends to <o> with minor changes.",
    "Where assumptions could not be verified, we report a sensitivity analysis.",
    "Two independent teams coded the material, and disagreements were resolved by discussion.",
    "Special attention is given to <b>, which earlier studies left aside.",
    "Our implementation processes <c> records in a single pass.",
    "The material covers the years between <y> and <c> individual cases.",
];

/// The sentences with mathematics, in LaTeX.
pub const MATHEMATICS: &[&str] = &[
    r"With $n$ observations the estimator attains a rate of $O(n^{-1/2})$, up to logarithmic factors.",
    r"The procedure runs in $O(n \log n)$ time and uses $O(k)$ memory.",
    r"On the main benchmark it reaches $<p>\%$ accuracy, against $<p>\%$ for the baseline.",
    r"We use an $\ell_1$ penalty with weight $\lambda > 0$ and show that the result is stable for $\lambda \leq <n>$.",
    r"The bound holds with probability at least $1 - \delta$ for every $\delta \in (0, 1)$.",
    r"For top-$k$ selection with $k = <n>$, recall exceeds $<p>\%$.",
    r"Effects are significant at $p < 0.01$ after correction for multiple testing.",
    r"The quantity of interest scales as $x^{\alpha}$ with $\alpha \approx 0.<n>$.",
    r"We minimise $\sum_{i=1}^{n} (y_i - f(x_i))^2$ subject to $\|f\|_2 \leq 1$.",
    r"Relative errors stay below $10^{-4}$ throughout, even for $n \geq 10^{6}$.",
    r"The ratio $\sigma / \mu$ remains close to $<p>\%$~(see the supplement).",
    r"\emph{Open} and \emph{closed} settings are treated alike, and the gap is at most $\frac{1}{2}\varepsilon$.",
    r"Figures are accurate to $\pm <p>\%$; code is available at \url{https://code.<D>/tools}.",
];

pub const RESULT: &[&str] = &[
    "Across <n> test cases, the approach improves <a> by <p> percent over the strongest baseline.",
    "Errors fall by <p> percent on average, and the worst case improves as well.",
    "The results show that <m> is a <q> basis for <a> <s>.",
    "We find a clear and stable relation between <a> and <b>.",
    "Contrary to expectation, <k> brings little benefit once <m> is in place.",
    "The effect persists <s> and does not depend on the choice of <k>.",
    "Experiments with <c> samples support these findings.",
    "Compared with current practice, cost is reduced by <p> percent without loss of quality.",
    "Gains are largest for <o>, where earlier methods fail.",
    "Predictions and observations agree to within <p> percent.",
    "For <t>, the improvement holds over all periods that we examined.",
];

pub const CONCLUSION: &[&str] = &[
    "These findings suggest that <a> can be planned for from the outset.",
    "We conclude with recommendations for studies of <t> <s>.",
    "The work opens a path towards <q> <b> for <o>.",
    "Limits of the approach and open questions are discussed.",
    "Our results may help those who deal with <t> to choose between <m> and <k>.",
    "We hope that the comparison makes future work on <a> easier to assess.",
    "Implications for teaching and practice are outlined.",
    "Taken together, the evidence favours <q> designs over ad hoc solutions.",
    "Follow-up work will examine <o> and longer periods of time.",
    "A short guide for practitioners accompanies the paper.",
    "All materials are openly available.",
];
