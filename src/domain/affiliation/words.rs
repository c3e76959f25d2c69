//! What single words mean in affiliations: spellings of one word, joints of sentences, parts of organisations.

/// The one spelling under which a folded word is kept: abbreviations are written out, the words for kinds of organisations
/// and the names of some towns are taken from other languages into English, since registers and authors mix them.
pub fn canonical(word: &str) -> &str {
    match word {
        "univ" | "universidad" | "universidade" | "universita" | "universitaet" | "universitat"
        | "universitas" | "universite" | "universiteit" | "universitesi" | "universitet"
        | "universitetet" | "univerzita" | "univerzitet" | "uniwersytet" | "unversity"
        | "univeristy" | "universty" => "university",
        "inst" | "institut" | "instituto" | "istituto" | "instituut" | "institutet"
        | "instytut" | "institutul" => "institute",
        "ctr" | "centre" | "centro" | "centrum" | "zentrum" => "center",
        "hosp" | "hopital" | "ospedale" | "hospitals" => "hospital",
        "dept" | "dep" | "dpt" | "departement" | "departamento" | "dipartimento"
        | "departments" => "department",
        "fac" | "facultad" | "faculdade" | "faculte" | "facolta" | "fakultat" | "fakultas" => {
            "faculty"
        }
        "sch" | "escuela" | "escola" | "ecole" | "scuola" => "school",
        "coll" => "college",
        "lab" | "labs" | "laboratories" | "laboratoire" | "laboratorio" | "laboratorium" => {
            "laboratory"
        }
        "natl" | "nacional" | "nationale" | "nazionale" => "national",
        "technol" | "tecnologia" | "technologie" => "technology",
        "technische" | "technischen" | "tecnica" => "technical",
        "tecnologico" | "tecnologica" | "technologique" => "technological",
        "sci" | "sciences" | "ciencia" | "ciencias" | "scienze" => "science",
        "res" | "recherche" | "recherches" | "investigacion" | "investigaciones"
        | "investigacao" | "pesquisa" | "ricerca" => "research",
        "med" => "medical",
        "acad" | "academia" | "akademie" | "academie" | "accademia" | "akademia" => "academy",
        "agr" | "agric" => "agricultural",
        "intl" | "internacional" | "internationale" | "internazionale" => "international",
        "engn" | "engr" | "engg" => "engineering",
        "mgmt" => "management",
        "programme" => "program",
        "ministerio" | "ministere" | "ministero" => "ministry",
        "museo" | "musee" => "museum",
        "politecnico" | "politecnica" | "polytechnique" | "politechnika" => "polytechnic",
        "st" | "ste" => "saint",
        "mt" => "mount",
        "wien" => "vienna",
        "munchen" | "muenchen" => "munich",
        "koln" | "koeln" => "cologne",
        "zuerich" => "zurich",
        "tuebingen" => "tubingen",
        "goettingen" => "gottingen",
        "geneve" | "genf" => "geneva",
        "roma" => "rome",
        "milano" => "milan",
        "torino" => "turin",
        "napoli" => "naples",
        "firenze" => "florence",
        "venezia" => "venice",
        "praha" => "prague",
        "lisboa" => "lisbon",
        "moskva" => "moscow",
        "warszawa" => "warsaw",
        "cracow" => "krakow",
        "bruxelles" | "brussel" => "brussels",
        "antwerpen" => "antwerp",
        "gent" | "gand" => "ghent",
        "kobenhavn" => "copenhagen",
        "goteborg" | "goeteborg" => "gothenburg",
        "beograd" => "belgrade",
        "bucuresti" => "bucharest",
        "sevilla" => "seville",
        other => other,
    }
}

/// Words that join others; they are left out of what is compared.
pub fn is_joint(word: &str) -> bool {
    extends(word)
        || matches!(
            word,
            "the"
                | "and"
                | "in"
                | "on"
                | "to"
                | "by"
                | "from"
                | "with"
                | "la"
                | "le"
                | "les"
                | "l"
                | "e"
                | "y"
                | "et"
                | "und"
                | "och"
                | "i"
                | "en"
                | "el"
                | "los"
                | "las"
                | "die"
                | "das"
                | "den"
                | "dem"
                | "em"
        )
}

/// Joints after which a name goes on: "Institute | of Technology".
pub fn extends(word: &str) -> bool {
    matches!(
        word,
        "of" | "for"
            | "at"
            | "de"
            | "d"
            | "des"
            | "du"
            | "del"
            | "della"
            | "delle"
            | "di"
            | "da"
            | "do"
            | "dos"
            | "der"
            | "fur"
            | "fuer"
            | "zu"
            | "van"
            | "voor"
    )
}

/// "and" in the languages in which one name lists two subjects.
pub fn lists(word: &str) -> bool {
    matches!(word, "and" | "e" | "y" | "et" | "und" | "och" | "en")
}

/// Parts of an organisation: what follows them on the left, or begins with them on the right, is not another organisation.
pub fn is_part(word: &str) -> bool {
    matches!(
        word,
        "department"
            | "faculty"
            | "school"
            | "college"
            | "division"
            | "laboratory"
            | "section"
            | "center"
            | "institute"
            | "unit"
            | "group"
            | "program"
            | "graduate"
            | "chair"
            | "branch"
            | "team"
            | "library"
            | "campus"
            | "professor"
            | "lecturer"
            | "student"
    )
}

/// What is mostly an organisation of its own where it follows the name of a university.
pub fn stands_alone(word: &str) -> bool {
    matches!(
        word,
        "hospital"
            | "clinic"
            | "clinics"
            | "press"
            | "foundation"
            | "trust"
            | "health"
            | "healthcare"
    )
}

/// Forms of companies at the end of a name.
pub fn is_legal_form(word: &str) -> bool {
    matches!(
        word,
        "inc"
            | "ltd"
            | "llc"
            | "gmbh"
            | "ag"
            | "corp"
            | "corporation"
            | "co"
            | "company"
            | "limited"
            | "plc"
            | "bv"
            | "nv"
            | "sa"
            | "srl"
            | "spa"
            | "ab"
            | "oy"
            | "as"
            | "kg"
            | "pvt"
            | "pty"
            | "sarl"
            | "sas"
            | "ac"
            | "bhd"
            | "sdn"
            | "kk"
    )
}

/// Subjects that name departments and schools.
pub fn is_subject(word: &str) -> bool {
    matches!(
        word,
        "biologia"
            | "biologie"
            | "chimie"
            | "chimica"
            | "fisica"
            | "forestal"
            | "ingenieria"
            | "engenharia"
            | "ingegneria"
            | "matematica"
            | "matematicas"
            | "mathematik"
            | "medecine"
            | "medicina"
            | "medizin"
            | "pharmacie"
            | "physik"
            | "physique"
            | "quimica"
            | "chemie"
            | "derecho"
            | "direito"
            | "economia"
            | "salud"
            | "saude"
            | "agronomia"
            | "accounting"
            | "administration"
            | "affairs"
            | "agricultural"
            | "agriculture"
            | "agronomy"
            | "analysis"
            | "anatomy"
            | "anthropology"
            | "applied"
            | "archaeology"
            | "architecture"
            | "arts"
            | "astronomy"
            | "astrophysics"
            | "behavior"
            | "behavioral"
            | "biochemistry"
            | "bioengineering"
            | "bioinformatics"
            | "biology"
            | "biomedical"
            | "biophysics"
            | "biostatistics"
            | "biotechnology"
            | "botany"
            | "business"
            | "cancer"
            | "cardiology"
            | "care"
            | "cell"
            | "chemical"
            | "chemistry"
            | "civil"
            | "climate"
            | "clinical"
            | "cognitive"
            | "communication"
            | "communications"
            | "computer"
            | "computing"
            | "conservation"
            | "criminology"
            | "dentistry"
            | "dermatology"
            | "development"
            | "diseases"
            | "earth"
            | "ecology"
            | "economics"
            | "education"
            | "electrical"
            | "electronics"
            | "emergency"
            | "energy"
            | "engineering"
            | "entomology"
            | "environment"
            | "environmental"
            | "epidemiology"
            | "ethics"
            | "evolution"
            | "film"
            | "finance"
            | "forestry"
            | "genetics"
            | "genomics"
            | "geography"
            | "geology"
            | "geophysics"
            | "geosciences"
            | "government"
            | "gynecology"
            | "history"
            | "horticulture"
            | "humanities"
            | "hygiene"
            | "immunology"
            | "industrial"
            | "informatics"
            | "information"
            | "journalism"
            | "kinesiology"
            | "languages"
            | "law"
            | "learning"
            | "linguistics"
            | "literature"
            | "management"
            | "marketing"
            | "materials"
            | "mathematics"
            | "mechanical"
            | "mechanics"
            | "medicine"
            | "metallurgy"
            | "microbiology"
            | "molecular"
            | "music"
            | "nephrology"
            | "neurology"
            | "neuroscience"
            | "neurosciences"
            | "neurosurgery"
            | "nursing"
            | "nutrition"
            | "obstetrics"
            | "oncology"
            | "ophthalmology"
            | "optics"
            | "orthopaedics"
            | "paediatrics"
            | "parasitology"
            | "pathology"
            | "pediatrics"
            | "pharmacology"
            | "pharmacy"
            | "philosophy"
            | "physics"
            | "physiology"
            | "planning"
            | "policy"
            | "politics"
            | "prevention"
            | "psychiatry"
            | "psychology"
            | "radiology"
            | "rehabilitation"
            | "resources"
            | "robotics"
            | "science"
            | "security"
            | "social"
            | "sociology"
            | "software"
            | "statistics"
            | "studies"
            | "surgery"
            | "systems"
            | "technology"
            | "theology"
            | "therapy"
            | "toxicology"
            | "urology"
            | "veterinary"
            | "virology"
            | "zoology"
    )
}

/// Names of countries beside those of [`crate::domain::countries`], and of lands and states that tell one; as printed, with
/// the code.
pub const LANDS: &[(&str, &str)] = &[
    ("USA", "US"),
    ("US", "US"),
    ("United States of America", "US"),
    ("Estados Unidos", "US"),
    ("UK", "GB"),
    ("Great Britain", "GB"),
    ("England", "GB"),
    ("Scotland", "GB"),
    ("Wales", "GB"),
    ("Northern Ireland", "GB"),
    ("Deutschland", "DE"),
    ("Allemagne", "DE"),
    ("FRG", "DE"),
    ("Österreich", "AT"),
    ("Schweiz", "CH"),
    ("Suisse", "CH"),
    ("Svizzera", "CH"),
    ("The Netherlands", "NL"),
    ("Holland", "NL"),
    ("Nederland", "NL"),
    ("Belgique", "BE"),
    ("België", "BE"),
    ("España", "ES"),
    ("Espagne", "ES"),
    ("Italia", "IT"),
    ("Italie", "IT"),
    ("Brasil", "BR"),
    ("México", "MX"),
    ("Perú", "PE"),
    ("Panamá", "PA"),
    ("Sverige", "SE"),
    ("Norge", "NO"),
    ("Danmark", "DK"),
    ("Suomi", "FI"),
    ("Polska", "PL"),
    ("Česká republika", "CZ"),
    ("Czech Republic", "CZ"),
    ("Slovak Republic", "SK"),
    ("Magyarország", "HU"),
    ("Turkey", "TR"),
    ("Turkiye", "TR"),
    ("Россия", "RU"),
    ("Russian Federation", "RU"),
    ("USSR", "RU"),
    ("Україна", "UA"),
    ("P.R. China", "CN"),
    ("PR China", "CN"),
    ("PRC", "CN"),
    ("People's Republic of China", "CN"),
    ("Hong Kong", "HK"),
    ("中国", "CN"),
    ("日本", "JP"),
    ("Republic of Korea", "KR"),
    ("Korea", "KR"),
    ("대한민국", "KR"),
    ("R.O.C.", "TW"),
    ("Viet Nam", "VN"),
    ("Burma", "MM"),
    ("UAE", "AE"),
    ("Kingdom of Saudi Arabia", "SA"),
    ("KSA", "SA"),
    ("Ivory Coast", "CI"),
    ("Cote d'Ivoire", "CI"),
    ("Democratic Republic of the Congo", "CD"),
    ("Macau", "MO"),
    ("Swaziland", "SZ"),
    ("Macedonia", "MK"),
    ("Papua New Guinea", "PG"),
    ("Alabama", "US"),
    ("Alaska", "US"),
    ("Arizona", "US"),
    ("Arkansas", "US"),
    ("California", "US"),
    ("Colorado", "US"),
    ("Connecticut", "US"),
    ("Delaware", "US"),
    ("District of Columbia", "US"),
    ("Washington DC", "US"),
    ("Florida", "US"),
    ("Georgia", "US"),
    ("Hawaii", "US"),
    ("Idaho", "US"),
    ("Illinois", "US"),
    ("Indiana", "US"),
    ("Iowa", "US"),
    ("Kansas", "US"),
    ("Kentucky", "US"),
    ("Louisiana", "US"),
    ("Maine", "US"),
    ("Maryland", "US"),
    ("Massachusetts", "US"),
    ("Michigan", "US"),
    ("Minnesota", "US"),
    ("Mississippi", "US"),
    ("Missouri", "US"),
    ("Montana", "US"),
    ("Nebraska", "US"),
    ("Nevada", "US"),
    ("New Hampshire", "US"),
    ("New Jersey", "US"),
    ("New Mexico", "US"),
    ("New York", "US"),
    ("North Carolina", "US"),
    ("North Dakota", "US"),
    ("Ohio", "US"),
    ("Oklahoma", "US"),
    ("Oregon", "US"),
    ("Pennsylvania", "US"),
    ("Rhode Island", "US"),
    ("South Carolina", "US"),
    ("South Dakota", "US"),
    ("Tennessee", "US"),
    ("Texas", "US"),
    ("Utah", "US"),
    ("Vermont", "US"),
    ("Virginia", "US"),
    ("West Virginia", "US"),
    ("Wisconsin", "US"),
    ("Wyoming", "US"),
    ("Ontario", "CA"),
    ("Québec", "CA"),
    ("British Columbia", "CA"),
    ("Alberta", "CA"),
    ("Manitoba", "CA"),
    ("Saskatchewan", "CA"),
    ("Nova Scotia", "CA"),
    ("New South Wales", "AU"),
    ("NSW", "AU"),
    ("Queensland", "AU"),
    ("Qld", "AU"),
    ("Victoria Australia", "AU"),
    ("Catalonia", "ES"),
    ("Bavaria", "DE"),
];

/// Postal abbreviations of the states of the United States. They count in capitals, at the end of a part or before a number.
pub fn is_state_code(code: &str) -> bool {
    const CODES: &str = " AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ \
        NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY ";
    code.len() == 2 && CODES.split(' ').any(|known| known == code)
}
