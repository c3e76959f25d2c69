//! The words of which names are composed: real given names of many cultures, and family names that are rare or invented, so that
//! a composed name hardly meets a known researcher.

/// One culture's words, separated by spaces. A `/` parts neighbours that share a line: given names before the first one go with
/// family names before the first one, and so on.
pub struct NameWords {
    /// Given names, or their first syllables.
    pub given: &'static str,
    /// Second syllables of given names, with their joining sign; empty where given names are whole words.
    pub second: &'static str,
    /// Family names.
    pub family: &'static str,
    /// How many of a hundred people print a middle initial.
    pub initials: u64,
}

/// Every culture has its equal share of the people.
pub const CULTURES: [NameWords; 14] = [
    NameWords {
        given: "Alden Beatrix Callum Daphne Edmund Fiona Gareth Harriet Imogen Jasper Keziah Lionel Marnie Neville Odette \
            Percival Rosalind Silas Tabitha Winston Verity Rowan Ottilie Barnaby Clementine Duncan Elspeth Felicity Gideon \
            Hattie Isolde Jocelyn Kenneth Lorna Morwenna Nigel Philippa Rhys Seren Tamsin",
        second: "",
        family: "Ashcombe Birkwell Carnforth Dunmarsh Eastlake Fenwright Garroway Hexley Inglethorpe Kestleman Larkham Marwood \
            Netherby Oakhanger Penhallow Quillan Ravensdale Saltmarsh Thornberry Underlea Wetherall Yarwood Pembrey Tollivant \
            Hollinghurst Brackenridge Cotterall Dewhurst Elphick Farthing Greatorex Hathersage Ivelaw Jessamy Kirkbride \
            Lathom Mossop Northcott Ormerod Plumtree Rushworth Skelhorn Tregarthen Winterbourne",
        initials: 30,
    },
    NameWords {
        given: "Annika Bjarne Dagmar Eilif Friederike Gunnar Hedwig Ingvild Jorunn Kaspar Liselotte Matthis Nele Ottokar Runa \
            Sigrun Thorben Ulrike Volker Wiebke Åsa Bärbel Jürgen Søren Karsten Merle Henrik Solveig Torvald Yngve Alrun \
            Birger Cornelius Elke Frauke Gesine Halvard Ilka Jannik Leif",
        second: "",
        family: "Ahlgrund Bergmoen Dahlhaus Ekelstrand Fjordheim Grönvall Hagenau Isbrandt Kleevenn Lindenau Mühlenbeck \
            Nordgård Oldenrath Pfistermann Rautenbach Stenmarken Tannhoff Uhlenbrock Vestergren Wolkersdorf Østermark \
            Brückmeier Falkenried Hjortland Kvistad Löwenhagen Myrvang Söderhult Thorsager Vinterskog Weidenfels Zirkelbach \
            Engelholt Holmgård Rehwinkel Skjelstad Steinhövel Tveitan Ullenmo Wetterhus Ziegenhals Achterfeld Bøgelund \
            Dörnfeld Hasselrot",
        initials: 6,
    },
    NameWords {
        given: "Amandine Bastien Capucine Damien Élodie Fabrice Ghislaine Hervé Isaure Joël Léopold Maëlle Noémie Octave \
            Perrine Quentin Régis Solène Thibault Violette Anaïs Benoît Coralie Didier Edwige Florian Gaëlle Honorine Ignace \
            Juliette Laurent Mireille Nadège Odilon Pascaline Rémi Séverine Théodore Ursule Yannick",
        second: "",
        family: "Aubrivert Beaumeny Chastelard Delacourbe Estérion Fontvieille Garrigou Hautefage Jolivert Kermadoc Lavergnolle \
            Montcornet Nivelleau Ormeval Peyrelade Quesnoy Rochebrune Sauvignac Tourneval Vauclair Abadielle Brossival \
            Champvert Dufresnoy Grandval Lestrival Malbosc Noirmont Pontarlet Rivoallan Sainclair Tréguier Vernoux Belcastel \
            Cazenoult Dormeuil Escoubert Guilvinec Marsolier Plessival Roquefeuil Soubeyran Thévenoud Villecroze Louvigny",
        initials: 4,
    },
    NameWords {
        given: "Adelina Baltasar Candela Dionisio Eulalia Fabiana Gonzalo Herminia Íñigo Joaquina Leandro Macarena Nicanor \
            Octavio Paloma Quirino Rosaura Severino Tomasa Ximena Bento Catarina Duarte Filipa Graça Heitor Inês João \
            Lourenço Matilde Nuno Piedade Rui Sebastião Tainá Valdir Amparo Belarmino Consuelo Evaristo",
        second: "",
        family: "Albarracín Bengoetxara Cordovilla Dávalos Echezarreta Figueirinha Gallardín Hinojales Iturraspe Jarabo Lobatón \
            Montesclaros Navascués Olivenza Peñalver Quintanar Ribadeo Salvatierra Torrubia Urrutikoa Valdecasas Zaldueño \
            Abrantes Boaventura Carvalhal Damasceno Espinheira Falcoeiro Guimaraens Lamego Mirandela Nogueiral Penedo \
            Quaresmal Rebordão Sequeiros Trancoso Vilarinho Zambujal Arroyuelo Cifuentes Manzanal Pizarral Sandobal Tejedor",
        initials: 8,
    },
    NameWords {
        given: "Achille Bettina Cosimo Donatella Eugenio Fiammetta Gualtiero Ilaria Leonida Marzia Nicoletta Orsola \
            Pierluigi Raffaella Saverio Tiziana Ubaldo Viola Zeno Ludovica Oreste Ginevra / Anthoula Chrysanthi \
            Despina Evangelos Fotini Grigoris Ioanna Kleio Lefteris Myrto Nektarios Olympia Panos Rallou Stelios \
            Thaleia Vasiliki Xanthi Yorgos Zoi Aristea Kosmas",
        second: "",
        family: "Altobruno Bellavigna Carmignola Dellarocca Fontebasso Grimandi Lampredi Montefosco Nardecchia Pietramala \
            Quattrini Roccaforte Sartorelli Tremolada Valtorta Zambrotti Ardizzone Brancaleoni Castelvero Fiordalisi \
            Melograni Ventimonti Collesano Spadavera / Anagnostakis Chalkiadis Drakopetros Fotakelis Galanidis \
            Kaloudakis Lamprianos Mavrokefalos Nikolareas Papakalos Rigakos Sarantidis Tsigarakis Vlachomitros \
            Xenidakis Zografelis Kontoravdis Maniatelis Petrakelis Stavrianos Theodorelis Karavas Melissinos Spyrelis \
            Peristeras",
        initials: 4,
    },
    NameWords {
        given: "Agnieszka Bogdan Czesława Dragana Eliška Feliks Grażyna Halina Iveta Jaromír Kseniya Ludmila Miroslav Nevena \
            Ondřej Prokop Radoslav Stanislava Tadeusz Uliana Vesna Wojciech Yaroslav Zdenka Žofie Borislav Danica Fedir \
            Hynek Jadwiga Kamil Lubomír Milica Oksana Przemysław Rastislav Slavica Tihomir Vlasta Zorana",
        second: "",
        family: "Bartodziej Chmelenko Dobrowiecki Eremchuk Gorzelany Hlaváčik Ivankiv Jelinczak Kovalenský Ljubenov Malinowiec \
            Novotínek Ostrogski Podhorný Radzimski Sokolets Trzebiatek Ustinovych Vrbanec Wierzbowicz Zelenáč Šimkovec \
            Brezovar Černohlav Dvornik Fialkiewicz Grabovac Horbenko Jastrzębiak Klimovets Lesniczak Marušič Nemčok \
            Oleszkowicz Petrunyak Rybolovski Stojkovec Tomaszuk Vukelja Wronowiec Zavadský Bukovinac Holubenko Jagodnik \
            Kučerka",
        initials: 5,
    },
    NameWords {
        given: "Aylin Berkay Cansu Dilara Emre Feride Gülçin Hakan Işıl Kerem Lale Mert Nazlı Orhun Pelin Rüya Serkan \
            Tülin Umut Yasemin Zafer Altınay Burcu Çağla Deniz Ebru Figen Gökçe Hazal / Aigerim Bakyt Daulet Erlan \
            Gulnara Kanat Madina Nurlan Saule Timur Zarina Aruzhan Bolat Dinara Marat Zhanna",
        second: "",
        family: "Akdoğanlı Bozkırlı Çelikören Demirtepe Eryalçın Fındıklı Gündoğmuş Harmanlı İncesulu Karabağlı Kızıltepe \
            Mutluer Ortaköylü Pamukova Sarıyerli Taşkınsu Uzunköprü Yelkenci Zeytinli Altunbağ Bayramlı Doğanlar \
            Gürsoylu Kocatepe Özgünay Selvili Turanlı Ünlüer Yazgan Soylutürk Tepeli Akçakoca / Abdikarim Baizhanov \
            Dosmagambet Esenbek Jumagali Kenzhetai Mukashbek Nurpeis Omarbek Sagyndyk Tolegenov Utebay Zhaksybek \
            Aitkazy Berdimurat Kasymbek Rakhymzhan Suleimen",
        initials: 4,
    },
    NameWords {
        given: "Abla Basim Dunya Fairuz Ghassan Hanan Idris Jumana Khalil Lubna Munir Nawal Qasim Rabab Sameh Tahani Ubayd \
            Wafaa Yasin Zuhair / Anahita Behrouz Darya Esfandiar Farzaneh Golnaz Hushang Iraj Kaveh Ladan Mehrdad \
            Niloufar Omid Parisa Ramin Shahla Touraj Vida Yalda Zhaleh",
        second: "",
        family: "Al-Barqawi El-Damanhoury Al-Fakhrani Haddadin Al-Jaberi Khourshid El-Mahlawy Nasrawi Al-Qutami Rihani El- \
            Sawalhi Tannouri Al-Wardani Zeidani Aburish Benchikh Chraïbane Djellouli Ghandouri Hmidouche Kettanour \
            Mezrag Ouazzane Saadoune Tlemsani Zerrouk / Bitarafan Darvishan Esmaeilnia Farrokhnia Golestaneh \
            Hashtroudi Jahanara Kermanian Lahijani Mazanderani Naghashian Ostadrahimi Pouranfar Rostambeigi Sepehrnia \
            Tavangar Vahidnia Yazdanfar Zarrinfar Ahangarian Bahramsari Sarvestan",
        initials: 5,
    },
    NameWords {
        given: "Aparna Bhaskar Charulata Devendra Eshwari Falguni Girish Hemlata Indrajit Jyotsna Keshav Lavanya Manoj Nandita \
            Omkar Prabha Raghav Sharmila Tarun Urvashi Vikrant Yamini Ananya Bimal Chandrika Dhruv Gauri Harini Ishaan Kavya \
            Lakshman Mrinal Nirmala Padma Rukmini Sanjukta Tejas Vasudha Anoma Ruwan",
        second: "",
        family: "Adhikarla Bhattarakar Chaturbhuj Deshkar Elanko Gokarn Hiranandan Ilangovan Jambhekar Kulshrest Lokapally \
            Mahapatruni Nambisan Odedra Panigrahy Raghunandan Sahasrabuddhe Tirumalesh Upadhyal Vaidyanath Wadekar \
            Yellapragada Ambalavan Barthakur Chakladar Dikshitar Ganapuri Hazarvi Jayakodi Kothandam Madhavaram Nilakanth \
            Paranjothi Rangaswami Senathipathi Thiruvalar Velayudhan Weerakone Bandarage Dissanaike Gunasinghe Pathmarajah \
            Ranawaka Somasekar Tambekar",
        initials: 15,
    },
    NameWords {
        given: "Ai Bo Chen Fang Guo Hai Jia Kai Li Ming Ning Pei Qing Rui Shu Tian Wen Xiao Yan Zhi Yi Yu Hao Lan",
        second: "bei chun dong fei gang hua jie kun lei mei nan ping qi rong song ting wei xin yang zhen ru lin",
        family: "Bian Cen Dou Fei Gou Hou Ji Kuang Lian Miao Nie Ouyang Pang Qiao Ruan Shangguan Tong Weng Xing Ying Zang Zuo \
            Chai Diao Gan Huan Jing Kang Lao Mou Pei Quan Rong Sheng Teng Wan Xiang Yue Zhan Zhuang Bai Chu Dai Geng Jiao",
        initials: 2,
    },
    NameWords {
        given: "Akihiro Chiyoko Daigo Emiko Fumihiko Genji Haruna Isamu Junpei Kaede Makoto Natsuki Osamu Reiko Satsuki Tatsuo \
            Umeko Wakana Yasushi Yuzuki Asuka Chihiro Etsuko Fuyuki Hinata Ikuo Kazuha Mitsuru Nozomi Rikuto Sayaka Tomoya \
            Utako Yoshino Aoi Hikaru Kosuke Mayumi Noboru Shigeru",
        second: "",
        family: "Amakusa Biwatani Chigasawa Dozono Enomori Fukamachi Gotanda Hanazono Izumikawa Jinbori Kasumiya Mizushiro \
            Nagatsuki Okitsugu Rokujima Sakuraba Takanezawa Ukitani Wakasugi Yanagihara Asagiri Choshida Ebisuya Fujitani \
            Hoshikuma Ichinose Kurokabe Mochizawa Numakura Oginome Sawahata Tsukimori Umezono Yukimura Akizono Hatsukaze \
            Iwakiri Kiyomori Minazuki Nishizono Onizawa Shirogane Togakushi Uozumi Yamabuki",
        initials: 1,
    },
    NameWords {
        given: "Bo Chan Da Eun Ga Ha In Ji Kyu Min Na Seo So Tae U Woo Ye Yoon Hye Jae",
        second: "-bin -hee -hyun -jin -joo -kyung -rang -seok -soo -yeon -young -ah -hoon -ra -wan -won",
        family: "Baek Bang Byun Chae Do Eom Gil Gong Gwak Ham Heo Jeon Jin Joo Ki Ma Maeng Min Moon Myung Namgung Noh Ok Pyo Ra \
            Sa Seok Seol Seonwoo Tak Tae Wi Wang Yeom Yong Yook Bong Cheon Dokgo Hwangbo Je Kook Man Pi",
        initials: 2,
    },
    NameWords {
        given: "Abena Babajide Chidinma Dede Efua Folake Gbenga Habiba Ifeoma Jelani Kwabena Lindiwe Mthunzi Nkechi Obinna \
            Paballo Rehema Sefako Thandeka Uchenna Wanjiru Yetunde Zanele Adjoa Baraka Chipo Dalila Ekow Fatoumata Gathoni \
            Hawa Imani Juma Kagiso Lerato Makena Ndidi Oumar Sizwe Tendai",
        second: "",
        family: "Abolarin Boadu Chikwendu Dlakavu Ekwuazi Fashinro Gikonyo Hlatswako Igwebuike Jubane Kamuyu Lemchi Madzima \
            Nyakundi Ogunrinde Phalatse Quarshigah Rwigamba Sithebe Tshivhase Umeadi Vilane Wachuku Yeboua Zondeki Achampa \
            Bangalu Chimhanda Diakhaby Eneworo Fofanah Gatwiri Isiani Kgositau Luthaga Makgale Ndegeya Okpalaeke Rugamba \
            Sanogoh Tumwesigye Wekulo Nsubaga Mensimah Owusua",
        initials: 10,
    },
    NameWords {
        given: "Agus Citra Dewi Eko Fitriani Gunadi Intan Jatmiko Kusuma Ratna Sari Wulan Yuda Budi Endah Lestari Bambang \
            Rini / Bayani Maligaya Amihan Dalisay Isagani Crisanta Dakila Ligaya Marikit Rizalino Tala Bituin / Hoa \
            Linh Ngoc Phúc Quỳnh Thảo Vân Xuân Gia Hằng Minh Trang Bích Khánh Tuyết Duyên Hạnh Sơn / Orapin Uthai \
            Chalerm Kanya Niran Ploy Somchai Anchali Decha Malee Prasert Wanida",
        second: "",
        family: "Adiwangsa Bulandari Firmanta Gunarwan Hardjana Jatinegoro Kridasakti Nugrahadi Ongkowid Wirasena Wibisana \
            Sudarmadi Tirtakusna Prawirandi Mangunsari / Catacutan Dimaculangan Escalinao Laurenio Lumibao Macaraeg \
            Panganiban Quiambao Salongo Tiongson Umaguing Bacolbas Mangahas Sumilang / Bạch Châu Diệp Đoàn Hứa Kiều \
            Lưu Mạc Nghiêm Phùng Quách Tăng Thân Tiêu Viên Khuất Giáp Lục / Chantharasuk Intharat Phetcharat \
            Rattanaphan Siripanit Vongthip Yodkaeo Boonmanop Kraisawat Thongdara Suwanphon Charoenwit",
        initials: 6,
    },
];

/// A name in one piece: print form in Latin letters with the native script, a mononym, and one of uncommon length. They stand at
/// fixed places of the first department, so that the smallest demo shows them.
pub const NATIVE_SCRIPT: &str = "Haruto Onodera (小野寺 遥斗)";
/// See [`NATIVE_SCRIPT`].
pub const MONONYM: &str = "Wiryatama";
/// See [`NATIVE_SCRIPT`]: given and family name.
pub const LONG_NAME: (&str, &str) = (
    "Maximiliane-Theodora Clementine",
    "Wolkenhoff-Ravensfeld-Hohenbruck-Lindenthal zu Altmühlbrunn",
);
