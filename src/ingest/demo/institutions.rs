//! Where the invented people work: places composed in the manner of sixteen countries, none of them real, each with one or two
//! domains under `.example` (reserved by RFC 2606), so that a claim by institutional e-mail can be tried without ever writing to
//! anybody.

use std::sync::LazyLock;

use super::chance::{mix, mix_below, permute};
use super::{salt, teams};
use crate::domain::names::slug_or;
use crate::ingest::record::RecordInstitution;

/// One country's manner of naming.
struct Manner {
    /// ISO 3166-1 alpha-2.
    country: &'static str,
    /// First parts of place names.
    stems: [&'static str; 8],
    /// Last parts of place names.
    endings: [&'static str; 6],
    /// Names of institutions with `*` for the place, and the word before the place in their second domain.
    forms: [(&'static str, &'static str); 3],
}

/// How many institutions there are: every manner, stem and ending.
pub const INSTITUTIONS: u64 = MANNERS.len() as u64 * PLACES;
/// Places per manner.
const PLACES: u64 = 48;

const MANNERS: [Manner; 16] = [
    Manner {
        country: "GB",
        stems: [
            "Hollowen", "Brackle", "Witherin", "Penmarr", "Quillar", "Tolver", "Eskin", "Garrow",
        ],
        endings: ["mere", "wick", "combe", "bury", "leigh", "ford"],
        forms: [
            ("University of *", "uni"),
            ("* Institute of Science", "is"),
            ("* Polytechnic", "poly"),
        ],
    },
    Manner {
        country: "US",
        stems: [
            "Alderstone",
            "Juniper",
            "Heronfield",
            "Willet",
            "Sumac",
            "Catalpa",
            "Larkspur",
            "Tamarack",
        ],
        endings: [
            " Mesa",
            " Hollow",
            " Bluffs",
            " Landing",
            " Narrows",
            " Crossing",
        ],
        forms: [
            ("* State University", "state"),
            ("* College of Engineering", "eng"),
            ("University of *", "u"),
        ],
    },
    Manner {
        country: "DE",
        stems: [
            "Lindau", "Ebers", "Roten", "Hasel", "Kupfer", "Morgen", "Silber", "Winter",
        ],
        endings: ["bruck", "moor", "furt", "warder", "holm", "anger"],
        forms: [
            ("Technische Hochschule *", "th"),
            ("Universität *", "uni"),
            ("Forschungszentrum *", "fz"),
        ],
    },
    Manner {
        country: "FR",
        stems: [
            "Val", "Mont", "Clair", "Beau", "Roche", "Font", "Haute", "Belle",
        ],
        endings: ["morin", "vernoy", "lissac", "darne", "bréval", "treuil"],
        forms: [
            ("Université de *", "univ"),
            ("École supérieure de *", "es"),
            ("Institut * des sciences", "institut"),
        ],
    },
    Manner {
        country: "ES",
        stems: [
            "Villa", "Castro", "Fuente", "Torre", "Monte", "Puerta", "Rio", "Alta",
        ],
        endings: [
            "clarín", "nebrosa", "lúmbrez", "cedral", "marisma", "zafrán",
        ],
        forms: [
            ("Universidad de *", "uni"),
            ("Universidad Politécnica de *", "up"),
            ("Instituto * de Ciencias", "ic"),
        ],
    },
    Manner {
        country: "IT",
        stems: [
            "Borgo", "Castel", "Monte", "Rocca", "Campo", "Ponte", "Acqua", "Pietra",
        ],
        endings: ["lunato", "fosco", "rivolo", "selvino", "dorato", "ventoso"],
        forms: [
            ("Università di *", "uni"),
            ("Politecnico di *", "poli"),
            ("Istituto * di ricerca", "ist"),
        ],
    },
    Manner {
        country: "CZ",
        stems: ["Hor", "Dub", "Jesen", "Lip", "Brez", "Krav", "Mlyn", "Vrch"],
        endings: ["ovečno", "ínovice", "anička", "ovězí", "islavany", "utín"],
        forms: [
            ("Univerzita *", "uni"),
            ("Technická univerzita *", "tu"),
            ("Ústav věd *", "uv"),
        ],
    },
    Manner {
        country: "SE",
        stems: [
            "Björk", "Gran", "Eke", "Sten", "Norr", "Väst", "Älv", "Linde",
        ],
        endings: ["sjövik", "dalshult", "näset", "marksund", "åsen", "fallet"],
        forms: [
            ("* universitet", "uni"),
            ("Högskolan i *", "hs"),
            ("* tekniska högskola", "th"),
        ],
    },
    Manner {
        country: "TR",
        stems: ["Ak", "Kızıl", "Yeşil", "Gök", "Sarı", "Kara", "Ulu", "Taş"],
        endings: [
            "pınarlı",
            "tepecik",
            "ovalı",
            "dereköy",
            "gölbaşı",
            "çamlıca",
        ],
        forms: [
            ("* Üniversitesi", "uni"),
            ("* Teknik Üniversitesi", "tu"),
            ("* Araştırma Enstitüsü", "ae"),
        ],
    },
    Manner {
        country: "JP",
        stems: [
            "Hoshi", "Kaze", "Tsuki", "Midori", "Shira", "Kuro", "Asa", "Yuki",
        ],
        endings: ["nokawa", "nomori", "hamada", "misaki", "nosato", "minato"],
        forms: [
            ("* University", "u"),
            ("* Institute of Technology", "tech"),
            ("* Research Centre", "rc"),
        ],
    },
    Manner {
        country: "CN",
        stems: ["Yun", "Qing", "Lan", "Bai", "Jin", "Shuang", "Tai", "Heng"],
        endings: ["xihe", "luoshan", "tingzhou", "qiaokou", "yuanlin", "beihu"],
        forms: [
            ("* University", "u"),
            ("* University of Technology", "ut"),
            ("* Academy of Sciences", "as"),
        ],
    },
    Manner {
        country: "KR",
        stems: [
            "Haneul", "Byeol", "Sol", "Dal", "Mir", "Garam", "Noeul", "Seol",
        ],
        endings: [
            "naeri",
            "gokseong",
            "pohang-ri",
            "cheondam",
            "bitgol",
            "maru",
        ],
        forms: [
            ("* University", "u"),
            ("* National University", "nu"),
            ("* Institute of Science", "ist"),
        ],
    },
    Manner {
        country: "IN",
        stems: [
            "Chandra", "Surya", "Nila", "Amba", "Kamala", "Megha", "Vana", "Sona",
        ],
        endings: [
            "giripur", "nagari", "vadika", "kshetra", "pattinam", "kuttam",
        ],
        forms: [
            ("* Institute of Technology", "it"),
            ("University of *", "uni"),
            ("* Institute of Fundamental Studies", "ifs"),
        ],
    },
    Manner {
        country: "BR",
        stems: [
            "Serra", "Porto", "Campo", "Lagoa", "Vila", "Pedra", "Mata", "Barra",
        ],
        endings: [
            " das Acácias",
            " do Ipê",
            " das Garças",
            " dos Cedros",
            " da Aurora",
            " do Jacarandá",
        ],
        forms: [
            ("Universidade Federal de *", "uf"),
            ("Universidade de *", "uni"),
            ("Instituto * de Pesquisa", "ip"),
        ],
    },
    Manner {
        country: "KE",
        stems: [
            "Mlima", "Ziwa", "Nyota", "Jua", "Mto", "Msitu", "Bahari", "Upepo",
        ],
        endings: [" Kuu", "leni", " Pwani", " Mwangaza", " Kijani", "ndani"],
        forms: [
            ("University of *", "uni"),
            ("* University of Agriculture", "ua"),
            ("* Institute of Health Research", "ihr"),
        ],
    },
    Manner {
        country: "JO",
        stems: ["Wadi", "Nahr", "Jabal", "Bab", "Qasr", "Ain", "Tal", "Marj"],
        endings: [
            " al-Noor",
            " al-Zahra",
            " al-Yasmin",
            " al-Safa",
            " al-Rumman",
            " al-Nakhil",
        ],
        forms: [
            ("University of *", "uni"),
            ("* University of Technology", "ut"),
            ("* Centre for Advanced Studies", "cas"),
        ],
    },
];

/// Institutions that one department spreads over.
const PER_DEPARTMENT: u64 = 12;

/// The institution of a lab of a department.
pub fn of_lab(seed: u64, department: u64, lab: usize) -> RecordInstitution {
    debug_assert!(lab < teams::LABS);
    institution(
        seed,
        (department * PER_DEPARTMENT + lab as u64 % PER_DEPARTMENT) % INSTITUTIONS,
    )
}

/// A place and its name as part of a domain.
struct Place {
    name: String,
    host: String,
}

/// The places of every manner, in the order of [`MANNERS`].
static PLACES_OF: LazyLock<Vec<Vec<Place>>> = LazyLock::new(|| {
    MANNERS
        .iter()
        .map(|manner| {
            let names = manner.endings.iter().flat_map(|ending| {
                manner
                    .stems
                    .iter()
                    .map(move |stem| format!("{stem}{ending}"))
            });
            names
                .map(|name| Place {
                    host: slug_or(&name, "campus"),
                    name,
                })
                .collect()
        })
        .collect()
});

/// Institution `number` of [`INSTITUTIONS`]; each stands in another place, among every sixteen each manner once.
pub fn institution(seed: u64, number: u64) -> RecordInstitution {
    let manners = MANNERS.len() as u64;
    let (round, slot) = (number / manners, number % manners);
    let manner = permute(mix(seed, salt::MANNER, round), slot, manners);
    let place = permute(mix(seed, salt::PLACE, manner), round, PLACES);
    let Place { name, host } = &PLACES_OF[manner as usize][place as usize];
    let manner = &MANNERS[manner as usize];
    let (form, prefix) = manner.forms[mix_below(seed, salt::FORM, number, 3) as usize];
    let mut domains = vec![format!("{host}.example")];
    if mix_below(seed, salt::SECOND_DOMAIN, number, 100) < 45 {
        domains.push(format!("{prefix}-{host}.example"));
    }
    RecordInstitution {
        name: form.replace('*', name),
        ror: None,
        country: Some(manner.country.to_owned()),
        domains,
        ..RecordInstitution::default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn institutions_share_neither_name_nor_domain() {
        let mut names = HashSet::new();
        let mut domains = HashSet::new();
        for number in 0..INSTITUTIONS {
            let institution = institution(42, number);
            assert!(
                names.insert(institution.name.clone()),
                "{}",
                institution.name
            );
            for domain in institution.domains {
                assert!(
                    domain.is_ascii() && domain.ends_with(".example"),
                    "{domain}"
                );
                assert!(domains.insert(domain.clone()), "{domain}");
            }
        }
    }
}
