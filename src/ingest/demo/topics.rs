//! What the invented works are about: eight fields with three topics each, and their words.
//!
//! Every list is one text with `|` between its phrases. So that any two fit into one sentence, *things* are plural nouns,
//! *methods* and *aims* are singular nouns without article, *settings* begin with their preposition, *qualities* are adjectives.

use std::sync::LazyLock;

/// A topic.
pub struct Topic {
    /// Its code in the scheme `demo`.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Place of its field in [`FIELDS`].
    pub field: usize,
    /// What it studies.
    things: &'static str,
}

/// The words that the topics of a field share.
struct Field {
    methods: &'static str,
    aims: &'static str,
    settings: &'static str,
    /// Beside [`QUALITIES`]; may hold mathematics.
    qualities: &'static str,
}

const QUALITIES: &str = "scalable|robust|adaptive|interpretable|efficient|practical|reliable|hierarchical|unified|modular|\
    principled|transparent|lightweight|sequential|cost-aware|uncertainty-aware|data-driven|multi-scale|open|low-cost|\
    nonparametric|context-aware|coarse-to-fine|reproducible";

pub const TOPICS: [Topic; 24] = [
    Topic {
        code: "computing.distributed",
        name: "Distributed Systems",
        field: 0,
        things: "replicated logs|message queues|key-value stores|consensus clusters|edge caches|peer-to-peer overlays|\
            serverless functions|container schedulers|geo-distributed databases|stream processors",
    },
    Topic {
        code: "computing.languages",
        name: "Programming Languages",
        field: 0,
        things: "type systems|garbage collectors|effect handlers|static analysers|proof assistants|compiler passes|\
            macro systems|concurrent programs|module systems|domain-specific languages",
    },
    Topic {
        code: "computing.interaction",
        name: "Human-Computer Interaction",
        field: 0,
        things: "screen readers|touch interfaces|voice assistants|collaborative editors|data dashboards|wearable displays|\
            sketching tools|tutoring systems|tactile maps|reading aids",
    },
    Topic {
        code: "learning.machine",
        name: "Machine Learning",
        field: 1,
        things: "graph neural networks|diffusion models|tree ensembles|kernel machines|mixture-of-experts models|\
            recurrent policies|embedding tables|Bayesian networks|federated learners|vision transformers",
    },
    Topic {
        code: "learning.language",
        name: "Computational Linguistics",
        field: 1,
        things: "parallel corpora|dialogue agents|morphological analysers|low-resource treebanks|question-answering systems|\
            speech transcripts|multilingual lexicons|summarisation systems|historical newspapers|code-switched texts",
    },
    Topic {
        code: "learning.retrieval",
        name: "Information Retrieval",
        field: 1,
        things: "recommender systems|query logs|inverted indexes|vector databases|citation graphs|digital libraries|\
            entity linkers|ranking models|search sessions|metadata catalogues",
    },
    Topic {
        code: "mathematics.optimisation",
        name: "Optimisation",
        field: 2,
        things: "convex programs|integer programs|saddle-point problems|semidefinite relaxations|stochastic gradient methods|\
            bilevel problems|network flows|submodular functions|robust counterparts|proximal operators",
    },
    Topic {
        code: "mathematics.probability",
        name: "Probability and Statistics",
        field: 2,
        things: "random walks|branching processes|covariance matrices|point processes|Markov chains|extreme values|\
            longitudinal models|mixture models|empirical processes|random matrices",
    },
    Topic {
        code: "mathematics.combinatorics",
        name: "Combinatorics",
        field: 2,
        things: "expander graphs|random hypergraphs|Latin squares|planar triangulations|error-correcting codes|\
            matroid intersections|permutation patterns|regular tournaments|partial orders|interval graphs",
    },
    Topic {
        code: "physics.astro",
        name: "Astrophysics",
        field: 3,
        things: "globular clusters|accretion discs|exoplanet atmospheres|pulsar timing arrays|dwarf galaxies|stellar flares|\
            gravitational lenses|planetary rings|cosmic filaments|interstellar clouds",
    },
    Topic {
        code: "physics.quantum",
        name: "Quantum Physics",
        field: 3,
        things: "trapped ions|spin chains|topological insulators|superconducting circuits|photonic lattices|\
            cold-atom mixtures|quantum memories|Josephson arrays|entangled photon pairs|quantum sensors",
    },
    Topic {
        code: "physics.fluids",
        name: "Fluid Dynamics",
        field: 3,
        things: "turbulent jets|granular flows|capillary bridges|thin liquid films|stratified wakes|bubbly suspensions|\
            microfluidic droplets|vortex rings|rotating convection cells|viscoelastic filaments",
    },
    Topic {
        code: "life.genomics",
        name: "Genomics",
        field: 4,
        things: "regulatory variants|single-cell atlases|plant pangenomes|transposable elements|metagenomic assemblies|\
            long-read alignments|splice isoforms|bacterial plasmids|ancient genomes|chromatin maps",
    },
    Topic {
        code: "life.neuroscience",
        name: "Neuroscience",
        field: 4,
        things: "cortical circuits|sleep spindles|retinal neurons|motor maps|hippocampal ensembles|glial networks|\
            auditory pathways|decision signals|spinal reflexes|olfactory codes",
    },
    Topic {
        code: "life.health",
        name: "Public Health",
        field: 4,
        things: "vaccination campaigns|primary-care records|mosquito-borne outbreaks|hospital wards|screening programmes|\
            air-quality exposures|school meals|maternal health services|ageing cohorts|antimicrobial prescriptions",
    },
    Topic {
        code: "earth.climate",
        name: "Climate Science",
        field: 5,
        things: "monsoon onsets|drought indices|ice-shelf margins|marine heatwaves|aerosol plumes|permafrost soils|\
            storm tracks|seasonal forecasts|carbon budgets|snowpack records",
    },
    Topic {
        code: "earth.ecology",
        name: "Ecology",
        field: 5,
        things: "pollinator networks|alpine meadows|kelp forests|migratory birds|soil microbiomes|urban trees|\
            freshwater mussels|mangrove edges|predator guilds|seed banks",
    },
    Topic {
        code: "earth.geoscience",
        name: "Geoscience",
        field: 5,
        things: "river deltas|landslide inventories|volcanic tremors|groundwater wells|fault zones|glacial lakes|\
            sediment cores|coastal aquifers|peat bogs|karst springs",
    },
    Topic {
        code: "society.economics",
        name: "Economics",
        field: 6,
        things: "labour contracts|housing auctions|supply chains|rural credit markets|platform fees|carbon markets|\
            minimum wages|trade agreements|pension schemes|microfinance groups",
    },
    Topic {
        code: "society.education",
        name: "Education Research",
        field: 6,
        things: "reading interventions|bilingual classrooms|peer-feedback exercises|apprenticeships|online courses|\
            school transitions|mathematics textbooks|teacher networks|formative assessments|laboratory courses",
    },
    Topic {
        code: "society.science",
        name: "Research on Research",
        field: 6,
        things: "peer-review panels|preprint servers|citation practices|data-sharing policies|research collaborations|\
            funding lotteries|doctoral careers|retraction notices|authorship conventions|registered reports",
    },
    Topic {
        code: "matter.materials",
        name: "Materials Science",
        field: 7,
        things: "perovskite films|high-entropy alloys|polymer composites|grain boundaries|shape-memory wires|\
            porous ceramics|two-dimensional crystals|bio-based adhesives|metallic foams|thin-film coatings",
    },
    Topic {
        code: "matter.chemistry",
        name: "Chemistry",
        field: 7,
        things: "metal-organic frameworks|enzyme mimics|ionic liquids|flow reactors|organic radicals|zeolite catalysts|\
            supramolecular cages|photoredox cycles|molecular switches|reaction networks",
    },
    Topic {
        code: "matter.energy",
        name: "Energy Systems",
        field: 7,
        things: "battery packs|microgrids|heat pumps|wind farms|hydrogen electrolysers|district-heating networks|\
            solar plants|power converters|demand-response programmes|thermal stores",
    },
];

const FIELDS: [Field; 8] = [
    Field {
        methods: "incremental computation|speculative execution|symbolic execution|abstract interpretation|model checking|\
            adaptive caching|lock-free synchronisation|fuzz testing|profile-guided optimisation|gossip dissemination|\
            lazy evaluation|trace replay|participatory design|capability tracking|deterministic simulation|batch scheduling",
        aims: "fault tolerance|tail-latency reduction|memory safety|energy efficiency|formal verification|crash recovery|\
            access control|error localisation|load balancing|reproducible deployment|usability|graceful degradation",
        settings: "under partial failures|on commodity hardware|across wide-area networks|in multi-tenant clouds|\
            with intermittent connectivity|on embedded devices|under adversarial schedules|in long-running services|\
            with untrusted clients|at the network edge|in legacy code bases|for novice users",
        qualities: r"$k$-resilient|constant-time|$O(\log n)$-space|compositional",
    },
    Field {
        methods: "contrastive learning|self-distillation|curriculum learning|active learning|importance sampling|\
            low-rank adaptation|adversarial training|conformal prediction|variational inference|negative sampling|\
            data augmentation|meta-learning|product quantisation|reinforcement learning|counterfactual evaluation|\
            weak supervision",
        aims: "uncertainty estimation|bias mitigation|domain adaptation|anomaly detection|calibration|explainability|\
            privacy protection|sample efficiency|out-of-distribution detection|model compression|duplicate detection|\
            relevance estimation",
        settings: "under distribution shift|with noisy labels|with few examples|in the long tail|under strict privacy budgets|\
            across related languages|with delayed feedback|on consumer hardware|without paired data|at web scale|\
            in cold-start situations|under missing modalities",
        qualities: r"$\ell_1$-regularised|top-$k$|self-supervised|$\epsilon$-private",
    },
    Field {
        methods: "spectral analysis|randomised rounding|exchangeable coupling|convex duality|entropy compression|\
            Fourier analysis|dimension reduction|bootstrap resampling|cutting-plane generation|polynomial interpolation|\
            randomised sketching|empirical Bayes estimation|regularity partitioning|homotopy continuation|\
            primal-dual analysis|kernel smoothing",
        aims: "parameter estimation|variable selection|approximate counting|convergence acceleration|sensitivity analysis|\
            goodness-of-fit testing|lower-bound construction|exact recovery|variance reduction|structure detection|\
            enumeration|concentration",
        settings: "in high dimensions|under weak dependence|with heavy tails|without convexity|with bounded degree|\
            under incomplete observation|in the sparse regime|near the critical threshold|under linear constraints|\
            with unknown variance|on infinite domains|over finite fields",
        qualities: r"$\epsilon$-approximate|$\ell_p$-stable|$O(n \log n)$-time|minimax-optimal",
    },
    Field {
        methods: "Monte Carlo simulation|adaptive optics|interferometry|tensor-network contraction|dynamical decoupling|\
            large-eddy simulation|photometric monitoring|lattice modelling|phase-field modelling|Bayesian inversion|\
            spectral fitting|mode decomposition|particle-image velocimetry|perturbation theory|quantum tomography|\
            matched filtering",
        aims: "noise suppression|state preparation|instability control|distance calibration|parameter inference|\
            signal reconstruction|error correction|mass measurement|transport modelling|event classification|\
            drag reduction|phase identification",
        settings: "at low temperatures|at high Reynolds numbers|in strong magnetic fields|near criticality|in crowded fields|\
            with limited observing time|far from equilibrium|under periodic driving|at large distances|\
            in confined geometries|with imperfect detectors|under microgravity",
        qualities: r"$\mathbb{Z}_2$-symmetric|Hamiltonian|$N$-body|broadband",
    },
    Field {
        methods: "cohort matching|two-photon imaging|sequence alignment|causal mediation analysis|phylogenetic placement|\
            survival modelling|optogenetic stimulation|network propagation|genome editing|spike sorting|\
            multilevel regression|compartmental modelling|wastewater surveillance|proteomic profiling|\
            Mendelian randomisation|sequential testing",
        aims: "early detection|risk prediction|variant annotation|dose optimisation|population stratification|\
            functional mapping|cell-type identification|treatment comparison|behavioural decoding|outbreak forecasting|\
            quality control|biomarker discovery",
        settings: "in rural communities|in island populations|during development|across age groups|\
            under resource constraints|in everyday settings|from routine data|with incomplete follow-up|\
            in multi-centre studies|after injury|during adolescence|in mixed populations",
        qualities: "longitudinal|non-invasive|genome-wide|population-based",
    },
    Field {
        methods: "satellite altimetry|data assimilation|environmental DNA sampling|camera trapping|isotope tracing|\
            ensemble forecasting|radar interferometry|species-distribution modelling|acoustic monitoring|\
            statistical downscaling|sediment dating|citizen observation|drone surveying|distributed sensing|\
            hierarchical modelling|change-point analysis",
        aims: "hazard mapping|biodiversity assessment|trend attribution|early warning|restoration planning|\
            carbon accounting|connectivity analysis|gap filling|water-balance closure|uncertainty quantification|\
            range-shift prediction|long-term monitoring",
        settings: "in mountain catchments|under a warming climate|in data-sparse regions|along urban gradients|\
            after wildfire|at seasonal scales|in tropical lowlands|on small islands|during extreme years|\
            across national borders|in semi-arid basins|over the last millennium",
        qualities: r"high-resolution|near-real-time|basin-wide|$\delta^{18}$O-based",
    },
    Field {
        methods: "difference-in-differences estimation|discourse analysis|randomised evaluation|network analysis|\
            agent-based modelling|archival research|structural estimation|conjoint experimentation|sequence analysis|\
            synthetic control estimation|item-response modelling|text mining|ethnographic observation|panel regression|\
            process tracing|register linkage",
        aims: "policy evaluation|welfare analysis|inequality measurement|mechanism design|attrition analysis|\
            trust building|impact assessment|skill assessment|fairness auditing|demand estimation|bias detection|\
            long-run forecasting",
        settings: "in small open economies|after policy reform|across generations|with self-selection|\
            in post-industrial towns|under budget pressure|in multilingual societies|during economic downturns|\
            from administrative data|in emerging disciplines|with limited attention|under institutional change",
        qualities: "comparative|mixed-methods|longitudinal|participatory",
    },
    Field {
        methods: "density-functional calculation|X-ray diffraction|impedance spectroscopy|\
            machine-learned interatomic modelling|model-predictive control|additive manufacturing|phase-change modelling|\
            in-situ microscopy|high-throughput screening|neutron scattering|mixed-integer scheduling|solvent engineering|\
            digital-twin simulation|kinetic modelling|electrochemical cycling|topology optimisation",
        aims: "lifetime prediction|defect engineering|capacity planning|corrosion resistance|selectivity control|\
            thermal management|degradation diagnosis|peak shaving|yield improvement|mechanical reinforcement|\
            charge transport|state estimation",
        settings: "at elevated temperatures|under cyclic loading|in humid environments|at grid scale|under fast charging|\
            with scarce elements|under ambient conditions|in cold climates|at high pressure|with recycled feedstock|\
            in remote communities|over long service lives",
        qualities: r"first-principles|$\mathrm{CO}_2$-neutral|room-temperature|all-solid-state",
    },
];

/// The phrases that texts about one topic are made of.
pub struct Words {
    /// Plural nouns.
    pub things: Vec<&'static str>,
    /// Singular nouns.
    pub methods: Vec<&'static str>,
    /// Singular nouns.
    pub aims: Vec<&'static str>,
    /// Phrases beginning with a preposition.
    pub settings: Vec<&'static str>,
    /// Adjectives.
    pub qualities: Vec<&'static str>,
    /// The adjectives that hold no mathematics.
    pub plain_qualities: Vec<&'static str>,
}

static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let split = |text: &'static str| text.split('|').collect::<Vec<_>>();
    TOPICS
        .iter()
        .map(|topic| {
            let field = &FIELDS[topic.field];
            let mut qualities = split(QUALITIES);
            qualities.extend(split(field.qualities));
            Words {
                things: split(topic.things),
                methods: split(field.methods),
                aims: split(field.aims),
                settings: split(field.settings),
                plain_qualities: qualities
                    .iter()
                    .copied()
                    .filter(|q| !q.contains('$'))
                    .collect(),
                qualities,
            }
        })
        .collect()
});

/// The words of the topic at `place` in [`TOPICS`].
pub fn words(place: usize) -> &'static Words {
    &WORDS[place]
}

/// Another topic of the same field, as a place in [`TOPICS`]; `step` is 1 or 2.
pub fn neighbour(place: usize, step: usize) -> usize {
    let first = place - place % 3;
    first + (place + step) % 3
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn topics_of_a_field_stand_together() {
        let mut codes = HashSet::new();
        for (place, topic) in TOPICS.iter().enumerate() {
            assert_eq!(topic.field, place / 3);
            assert!(codes.insert(topic.code));
            for step in [1, 2] {
                let other = neighbour(place, step);
                assert!(other != place && TOPICS[other].field == topic.field);
            }
        }
    }

    #[test]
    fn no_list_holds_a_phrase_twice_or_an_empty_one() {
        for place in 0..TOPICS.len() {
            let words = words(place);
            for list in [
                &words.things,
                &words.methods,
                &words.aims,
                &words.settings,
                &words.qualities,
            ] {
                assert!(
                    list.iter()
                        .all(|phrase| !phrase.is_empty() && phrase.trim() == *phrase)
                );
                assert_eq!(
                    list.iter().collect::<HashSet<_>>().len(),
                    list.len(),
                    "{list:?}"
                );
            }
        }
    }
}
