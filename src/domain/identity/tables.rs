//! Plain facts about names: which family names many people share, what short forms stand for, which words are particles.
//!
//! The shares are rounded from public counts of the populations (census and civil registers); they only have to tell
//! names borne by one person in ten from those borne by one in a thousand.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// How a family name is shared: the kind of given names that go with it, and how large a part of the people with such
/// names bear it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum System {
    /// Chinese and Korean: few family names, given names of one to three syllables.
    EastAsian,
    /// Vietnamese: few family names, and of the given names often the last alone is printed.
    Vietnamese,
    /// Japanese.
    Japanese,
    /// Indian.
    Indian,
    /// Everything else.
    Other,
}

impl System {
    /// Whether given names are syllables that are written together or apart, and one letter makes another name.
    pub fn is_syllabic(self) -> bool {
        matches!(self, System::EastAsian | System::Vietnamese)
    }
}

/// Family names that many people share, folded: (names, share in thousandths of the people with names of the system).
type Shares = &'static [(&'static str, f32)];

/// Mixed over the mainland, Taiwan, Hong Kong and Korea, as they meet in publications.
const EAST_ASIAN: Shares = &[
    ("wang li zhang liu chen", 50.0),
    ("yang kim lee", 25.0),
    ("huang zhao wu zhou xu sun lin park", 16.0),
    ("zhu ma hu he guo luo gao zheng liang choi chang", 10.0),
    (
        "xie song tang han feng deng cao peng zeng xiao tian dong yuan pan yu jiang cai du cheng lu su wei ye",
        6.0,
    ),
    (
        "jung jeong kang cho yoon yun jang lim hsu hsieh wong chan cheung ding ren shen yao cui zhong tan fan jin shi \
         liao jia xia fu fang bai zou meng xiong qin qiu yin xue yan duan lei hou long tao gu mao hao gong shao wan \
         qian dai mo kong xiang lv chou tsai chiang chu chao lau leung ng kwok lam ho",
        3.0,
    ),
    (
        "tsou tseng tsang yeung hung lai yeh kuo lo hsiao chien chuang chung cheng yip fung lui tam tse yuen poon \
         jian jiao ji jing ju kang ke kuang lan lang lian ling lou miao min mu nie ning niu ou pang pei pu qi qiao \
         qu rao ruan sang sha shan shang shu si tong tu wen weng xi xin xing xuan ya yi ying you yue yun zhan zhai \
         zhen zhi zhuang zhuo zong zuo zang cen chai chang che chi chong dan dou fei gan ge geng guan gui hai hang \
         heng hua huai huan im oh seo shin kwon hwang ahn an ryu yoo hong jeon ko moon son bae baek paik heo hur nam \
         shim sim noh roh ha kwak sung cha joo woo koo min",
        1.0,
    ),
];

const VIETNAMESE: Shares = &[
    ("nguyen", 380.0),
    ("tran le pham", 90.0),
    ("hoang huynh phan vu vo dang bui do", 40.0),
    ("ngo duong ly dinh trinh luu doan dao truong", 13.0),
];

const JAPANESE: Shares = &[
    (
        "sato suzuki takahashi tanaka watanabe ito yamamoto nakamura",
        12.0,
    ),
    (
        "kobayashi kato yoshida yamada sasaki yamaguchi matsumoto inoue kimura hayashi saito shimizu yamazaki mori abe \
         ikeda hashimoto ishikawa yamashita ogawa ishii hasegawa goto okada kondo maeda fujita endo aoki sakamoto \
         murakami ota kaneko nakajima fujii fujiwara nishimura fukuda miura takeuchi nakagawa okamoto matsuda harada \
         nakano ono tamura fujimoto ueda",
        5.0,
    ),
];

const INDIAN: Shares = &[
    ("kumar singh sharma gupta", 15.0),
    (
        "patel das roy rao reddy jain agarwal agrawal mishra verma shah khan ghosh banerjee mukherjee chatterjee sen \
         bose dutta joshi mehta nair iyer pillai kaur yadav pandey tiwari srivastava saha chakraborty chaudhary \
         bhattacharyya bhattacharya krishnan kulkarni desai sinha",
        5.0,
    ),
];

const OTHER: Shares = &[
    ("smith", 4.0),
    (
        "johnson williams brown jones garcia martinez miller davis",
        2.0,
    ),
    (
        "rodriguez lopez hernandez gonzalez wilson anderson thomas taylor moore jackson martin thompson white sanchez \
         perez harris clark lewis robinson walker young allen king wright scott hill green adams nelson baker hall \
         campbell mitchell carter roberts evans turner phillips parker edwards collins stewart morris murphy cook \
         rogers morgan cooper peterson reed bailey bell kelly howard ward cox richardson wood watson brooks bennett \
         gray james reyes hughes price myers foster sanders ross muller mueller schmidt schneider fischer weber meyer \
         meier maier wagner becker schulz hoffmann koch bauer richter klein wolf rossi russo ferrari silva santos \
         oliveira souza pereira ferreira costa fernandez gomez diaz ramirez torres ruiz jensen nielsen hansen larsen \
         andersen pedersen johansson andersson karlsson nilsson eriksson larsson olsson ivanov ivanova smirnov petrov \
         petrova popov novak nowak horvath kovacs nagy szabo toth ali ahmed hassan hussain rahman islam mohammed \
         mohamed cohen levy yilmaz kaya demir bernard dubois durand petit laurent simon michel",
        0.7,
    ),
];

/// Hungarian family names, which stand first in Hungarian prints.
const HUNGARIAN_FAMILIES: &str = "nagy kovacs toth szabo horvath varga kiss molnar nemeth farkas balogh papp takacs juhasz meszaros simon racz \
     fekete szilagyi torok feher balazs gal kis szucs kocsis orsos pinter fodor szalai sipos magyar lukacs";

/// Spanish family names that commonly come first of two.
const SPANISH_FAMILIES: &str = "garcia gonzalez rodriguez fernandez lopez martinez sanchez perez gomez jimenez ruiz hernandez diaz moreno \
     alvarez munoz romero alonso gutierrez navarro torres dominguez vazquez ramos ramirez serrano blanco molina \
     morales suarez ortega delgado castro ortiz rubio marin sanz nunez iglesias medina garrido cortes castillo santos \
     lozano guerrero cano prieto mendez calvo gallego marquez herrera pena flores cabrera campos vega";

/// Short forms that stand for one name only, with the name. Forms that are the beginning of theirs (`Dan`, `Chris`, `Tim`)
/// need no entry.
const SHORT_FORMS: &[(&str, &str)] = &[
    ("bill", "william"),
    ("will", "william"),
    ("willy", "william"),
    ("billy", "william"),
    ("bob", "robert"),
    ("bobby", "robert"),
    ("rob", "robert"),
    ("robbie", "robert"),
    ("dick", "richard"),
    ("rick", "richard"),
    ("rich", "richard"),
    ("jim", "james"),
    ("jimmy", "james"),
    ("jamie", "james"),
    ("mike", "michael"),
    ("mick", "michael"),
    ("misha", "mikhail"),
    ("sasha", "alexander"),
    ("alex", "alexander"),
    ("sandy", "alexander"),
    ("tony", "anthony"),
    ("andy", "andrew"),
    ("drew", "andrew"),
    ("charlie", "charles"),
    ("chuck", "charles"),
    ("ken", "kenneth"),
    ("kenny", "kenneth"),
    ("steve", "steven"),
    ("stephen", "steven"),
    ("stephan", "stefan"),
    ("dave", "david"),
    ("joe", "joseph"),
    ("pepe", "jose"),
    ("paco", "francisco"),
    ("nacho", "ignacio"),
    ("jack", "john"),
    ("johnny", "john"),
    ("larry", "lawrence"),
    ("jerry", "gerald"),
    ("jeff", "jeffrey"),
    ("geoff", "geoffrey"),
    ("greg", "gregory"),
    ("kate", "katherine"),
    ("kathy", "katherine"),
    ("katie", "katherine"),
    ("catherine", "katherine"),
    ("cathy", "katherine"),
    ("liz", "elizabeth"),
    ("beth", "elizabeth"),
    ("betty", "elizabeth"),
    ("peggy", "margaret"),
    ("meg", "margaret"),
    ("maggie", "margaret"),
    ("sue", "susan"),
    ("becky", "rebecca"),
    ("debbie", "deborah"),
    ("jenny", "jennifer"),
    ("cindy", "cynthia"),
    ("vicky", "victoria"),
    ("nick", "nicholas"),
    ("nicolas", "nicholas"),
    ("hans", "johannes"),
    ("jupp", "josef"),
    ("matt", "matthew"),
    ("tom", "thomas"),
    ("ted", "edward"),
    ("ed", "edward"),
    ("eddie", "edward"),
    ("ned", "edward"),
    ("hal", "harold"),
    ("harry", "harold"),
    ("ron", "ronald"),
    ("don", "donald"),
    ("doug", "douglas"),
    ("fred", "frederick"),
    ("gene", "eugene"),
    ("phil", "philip"),
    ("phillip", "philip"),
    ("mitch", "mitchell"),
    ("mitchel", "mitchell"),
    ("marty", "martin"),
    ("yulia", "julia"),
    ("sergey", "sergei"),
    ("sergej", "sergei"),
    ("dmitry", "dmitri"),
    ("dima", "dmitri"),
    ("volodya", "vladimir"),
    ("kolya", "nikolai"),
    ("mohamed", "mohammad"),
    ("mohammed", "mohammad"),
    ("muhammad", "mohammad"),
    ("muhammed", "mohammad"),
    ("md", "mohammad"),
    ("ma", "maria"),
];

/// Words before a family name that come and go.
const PARTICLES: &str = "van von der den de del della dello degli di da das do dos du la le las los el al ter ten zu zur zum vom bin ibn bint ben \
     abu e y af av lo dalla dal st";

static FAMILIES: LazyLock<HashMap<&'static str, (System, f32)>> = LazyLock::new(|| {
    let mut families = HashMap::new();
    for (system, shares) in [
        (System::EastAsian, EAST_ASIAN),
        (System::Vietnamese, VIETNAMESE),
        (System::Japanese, JAPANESE),
        (System::Indian, INDIAN),
        (System::Other, OTHER),
    ] {
        for (names, thousandths) in shares {
            for name in names.split_ascii_whitespace() {
                families
                    .entry(name)
                    .or_insert((system, *thousandths / 1000.0));
            }
        }
    }
    families
});

static FULL_GIVEN: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| SHORT_FORMS.iter().copied().collect());

static PARTICLE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(PARTICLES));
static HUNGARIAN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(HUNGARIAN_FAMILIES));
static SPANISH: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(SPANISH_FAMILIES));

fn words(text: &'static str) -> HashSet<&'static str> {
    text.split_ascii_whitespace().collect()
}

/// The system that a family name belongs to and its share (0..1) of the people in it, if it is widely shared.
pub fn shared_family(family: &str) -> Option<(System, f32)> {
    FAMILIES.get(family).copied()
}

/// Whether a folded word is a particle.
pub fn is_particle(word: &str) -> bool {
    PARTICLE.contains(word)
}

/// Whether a family name is one of those that stand first in Hungarian prints.
pub fn is_hungarian(family: &str) -> bool {
    HUNGARIAN.contains(family)
}

/// Whether a family name is of the Spanish kind that is followed by the mother's.
pub fn is_spanish(family: &str) -> bool {
    SPANISH.contains(family)
}

/// The name that a short form or another spelling of a given name stands for, itself if none is known.
pub fn full_given(given: &str) -> &str {
    FULL_GIVEN.get(given).copied().unwrap_or(given)
}
