use super::*;
use crate::ingest::formats::xml::testing::{
    all, identifiers, names, refusals, survives, topics, work, works,
};
use crate::ingest::markup;
use crate::ingest::record::Relation;

fn set(records: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD\" \"https://dtd.example.org/pubmed.dtd\">\
         <PubmedArticleSet>{records}</PubmedArticleSet>"
    )
}

/// An article with this inside `<Article>` and this behind it in `<MedlineCitation>`.
fn article(inside: &str, behind: &str) -> String {
    set(&format!(
        "<PubmedArticle><MedlineCitation><PMID Version=\"1\">7</PMID><Article>{inside}</Article>{behind}</MedlineCitation>\
         </PubmedArticle>"
    ))
}

const PAPER: &str = r#"<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">12345</PMID>
  <DateRevised><Year>2020</Year><Month>01</Month><Day>01</Day></DateRevised>
  <Article PubModel="Print-Electronic"><Journal><ISSN>0000-0000</ISSN>
    <JournalIssue><Volume>3</Volume><PubDate><Year>2016</Year><Month>Feb</Month><Day>9</Day></PubDate></JournalIssue>
    <Title>Journal of examples &amp; samples</Title><ISOAbbreviation>J. Ex.</ISOAbbreviation></Journal>
  <ArticleTitle>On <i>E. coli</i> and H<sub>2</sub>O at p&lt;0.05.</ArticleTitle>
  <ELocationID EIdType="doi" ValidYN="Y">10.5555/AB.1</ELocationID><ELocationID EIdType="doi" ValidYN="N">10.5555/wrong</ELocationID>
  <ELocationID EIdType="pii" ValidYN="Y">S0000</ELocationID>
  <Abstract><AbstractText Label="BACKGROUND &amp; AIMS" NlmCategory="BACKGROUND">Why <b>this</b>.</AbstractText>
    <AbstractText Label="RESULTS">Some
      <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi><mml:annotation>\x</mml:annotation></mml:math>.</AbstractText>
    <AbstractText Label="UNLABELLED">More.</AbstractText><AbstractText/>
    <CopyrightInformation>Copyright 2016</CopyrightInformation></Abstract>
  <AuthorList CompleteYN="N"><Author ValidYN="Y"><LastName>Berg</LastName><ForeName>Ada Maria</ForeName><Initials>AM</Initials>
      <Suffix>Jr</Suffix><Identifier Source="ORCID">http://orcid.org/0000-0002-1825-0097</Identifier>
      <AffiliationInfo><Affiliation>University of Oslo, Oslo, Norway.</Affiliation>
        <Identifier Source="ROR">https://ror.org/046rm7j60</Identifier><Identifier Source="GRID">grid.1.2</Identifier></AffiliationInfo>
      <AffiliationInfo><Affiliation>Riga &amp; Sons, Riga.</Affiliation></AffiliationInfo></Author>
    <Author ValidYN="N"><LastName>Brag</LastName><ForeName>Ada</ForeName><Initials>A</Initials></Author>
    <Author ValidYN="Y"><LastName>Dahl</LastName><Initials>BC</Initials></Author>
    <Author ValidYN="Y"><LastName>Mononym</LastName></Author>
    <Author ValidYN="Y"><CollectiveName>Example Study Group</CollectiveName></Author></AuthorList>
  <PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>
  <MeshHeadingList><MeshHeading><DescriptorName UI="D004469" MajorTopicYN="Y">Economics, Hospital</DescriptorName>
      <QualifierName UI="Q000000" MajorTopicYN="N">trends</QualifierName></MeshHeading>
    <MeshHeading><DescriptorName UI="D006801">Humans</DescriptorName></MeshHeading></MeshHeadingList>
  <InvestigatorList><Investigator><LastName>Nobody</LastName><ForeName>Here</ForeName></Investigator></InvestigatorList>
  <KeywordList Owner="NOTNLM"><Keyword>line-scan</Keyword><Keyword>Proteins, Recombinant</Keyword></KeywordList>
  <KeywordList Owner="NASA"><Keyword>Non-NASA Center</Keyword></KeywordList></MedlineCitation>
  <PubmedData><ArticleIdList><ArticleId IdType="pubmed">12345</ArticleId><ArticleId IdType="doi">10.5555/ab.1</ArticleId>
      <ArticleId IdType="pmc">PMC99</ArticleId><ArticleId IdType="pii">S0000</ArticleId></ArticleIdList>
    <ReferenceList><Reference><Citation>Other.</Citation><ArticleIdList><ArticleId IdType="doi">10.5555/cited</ArticleId>
      </ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>"#;

#[test]
fn an_article_is_read_whole() {
    let work = work(read, &set(PAPER));
    assert_eq!(
        (work.source.as_str(), work.record_key.as_str()),
        ("PubMed", "12345")
    );
    assert_eq!(work.kind, WorkKind::Article);
    assert_eq!(
        work.title_source,
        "On <i>E. coli</i> and H<sub>2</sub>O at p<0.05"
    );
    assert_eq!(work.venue.as_deref(), Some("Journal of examples & samples"));
    assert_eq!(
        (work.year, work.published_on.as_deref()),
        (Some(2016), Some("2016-02-09"))
    );
    assert_eq!(
        identifiers(&work),
        ["doi:10.5555/ab.1", "pmid:12345", "pmcid:PMC99"]
    );
    assert_eq!(
        names(&work),
        [
            "Ada Maria Berg Jr",
            "B C Dahl",
            "Mononym",
            "[Example Study Group]"
        ]
    );
    assert!(work.more_authors && !work.retracted && work.related.is_empty());
    assert_eq!(
        topics(&work),
        [
            "keyword:line scan",
            "keyword:proteins recombinant",
            "mesh:D004469"
        ]
    );
    assert_eq!(work.topics[2].name, "Economics, Hospital");
    assert_eq!(
        work.url.as_deref(),
        Some("https://pubmed.ncbi.nlm.nih.gov/12345")
    );
}

#[test]
fn an_author_keeps_affiliations_institutions_and_identifiers() {
    let work = work(read, &set(PAPER));
    let author = &work.authors[0];
    let pair = |scheme: &str, value: &str| (scheme.to_owned(), value.to_owned());
    assert_eq!(author.identifiers, [pair("orcid", "0000-0002-1825-0097")]);
    assert_eq!(
        author.affiliations,
        ["University of Oslo, Oslo, Norway.", "Riga & Sons, Riga."]
    );
    assert_eq!(author.institutions.len(), 1);
    let institution = &author.institutions[0];
    assert_eq!(institution.name, "University of Oslo, Oslo, Norway.");
    assert_eq!(institution.ror.as_deref(), Some("046rm7j60"));
    assert_eq!(institution.identifiers, [pair("grid", "grid.1.2")]);
}

#[test]
fn a_structured_abstract_keeps_its_headings() {
    let work = work(read, &set(PAPER));
    let source = work.abstract_source.unwrap();
    assert_eq!(
        source,
        "<title>BACKGROUND &amp; AIMS</title><p>Why <b>this</b>.</p>\n<title>RESULTS</title><p>Some x.</p>\n<p>More.</p>"
    );
    let shown = markup::render(&source, markup::Shape::Blocks);
    assert_eq!(
        shown.text,
        "BACKGROUND & AIMS\nWhy this.\nRESULTS\nSome x.\nMore."
    );
}

#[test]
fn an_abstract_of_somebody_else_stands_in_for_a_missing_one() {
    let title = "<ArticleTitle>T</ArticleTitle>";
    let others = "<OtherAbstract Type=\"plain-language-summary\" Language=\"eng\"><AbstractText>Simple.</AbstractText></OtherAbstract>\
        <OtherAbstract Type=\"Publisher\" Language=\"spa\"><AbstractText>Uno.</AbstractText></OtherAbstract>";
    let english = "<OtherAbstract Type=\"PIP\" Language=\"eng\"><AbstractText>One.</AbstractText></OtherAbstract>";
    let summary = |inside: &str, behind: &str| work(read, &article(inside, behind)).abstract_source;
    assert_eq!(
        summary(title, &format!("{others}{english}")).as_deref(),
        Some("<p>One.</p>")
    );
    assert_eq!(summary(title, others).as_deref(), Some("<p>Uno.</p>"));
    let own = format!("{title}<Abstract><AbstractText>Own.</AbstractText></Abstract>");
    assert_eq!(summary(&own, english).as_deref(), Some("<p>Own.</p>"));
    assert_eq!(summary(title, ""), None);
}

#[test]
fn a_translated_title_loses_its_brackets_and_a_missing_one_is_taken_from_its_language() {
    for (title, vernacular, expected) in [
        ("[On examples].", "Über Beispiele.", "On examples"),
        ("[On [3H]thymidine.]", "", "On [3H]thymidine"),
        ("[On examples (author's transl)]", "", "On examples"),
        (
            "[3H]thymidine and [14C]glucose",
            "",
            "[3H]thymidine and [14C]glucose",
        ),
        ("[One] and [Two]", "", "[One] and [Two]"),
        ("[On [examples].", "", "[On [examples]"),
        ("[Not Available].", "Über Beispiele.", "Über Beispiele"),
        ("", "Über Beispiele", "Über Beispiele"),
        ("Why? And so on...", "", "Why? And so on..."),
    ] {
        let inside = format!(
            "<ArticleTitle>{title}</ArticleTitle><VernacularTitle>{vernacular}</VernacularTitle>"
        );
        assert_eq!(
            work(read, &article(&inside, "")).title_source,
            expected,
            "{title}"
        );
    }
}

#[test]
fn dates_are_read_in_all_their_forms() {
    for (issued, year, day) in [
        ("<Year>1976</Year><Season>Fall</Season>", 1976, None),
        ("<Year>1991</Year><Month>Aug</Month>", 1991, Some("1991-08")),
        (
            "<Year>1991</Year><Month>08</Month><Day>03</Day>",
            1991,
            Some("1991-08-03"),
        ),
        (
            "<MedlineDate>1998 Dec-1999 Jan</MedlineDate>",
            1998,
            Some("1998-12"),
        ),
        (
            "<MedlineDate>2018 May - Jun</MedlineDate>",
            2018,
            Some("2018-05"),
        ),
        ("<MedlineDate>2000 Spring</MedlineDate>", 2000, None),
        ("<MedlineDate>1947-1948</MedlineDate>", 1947, None),
        ("<MedlineDate>Summer 1985</MedlineDate>", 1985, None),
        ("<MedlineDate>1978 3</MedlineDate>", 1978, None),
    ] {
        let inside = format!(
            "<Journal><JournalIssue><PubDate>{issued}</PubDate></JournalIssue></Journal><ArticleTitle>T</ArticleTitle>"
        );
        let work = work(read, &article(&inside, ""));
        assert_eq!(
            (work.year, work.published_on.as_deref()),
            (Some(year), day),
            "{issued}"
        );
    }
    let online = "<Journal/><ArticleTitle>T</ArticleTitle><ArticleDate DateType=\"Electronic\"><Year>2013</Year>\
        <Month>06</Month><Day>18</Day></ArticleDate>";
    assert_eq!(
        work(read, &article(online, "")).published_on.as_deref(),
        Some("2013-06-18")
    );
}

#[test]
fn an_orcid_is_read_in_every_spelling_and_refused_when_mistyped() {
    for (text, expected) in [
        ("0000-0002-1825-0097", true),
        ("https://orcid.org/0000-0002-1825-0097", true),
        ("http://orcid/0000-0002-1825-0097", true),
        ("https://orcid.org0000-0002-1825-0097", true),
        ("0000000218250097", true),
        (" 0000 0002 1825 0097 ", true),
        ("0000\u{2010}0002\u{2010}1825\u{2010}0097", true),
        ("ORCID: 0000-0002-1825-0097.", true),
        ("0000-0002-1825-0098", false),
        ("0000-0002-1825", false),
        ("", false),
    ] {
        let inside = format!(
            "<ArticleTitle>T</ArticleTitle><AuthorList><Author><LastName>Berg</LastName><Identifier Source=\"ORCID\">{text}\
             </Identifier><Identifier Source=\"OTHER\">0000-0002-1694-233X</Identifier></Author></AuthorList>"
        );
        let work = work(read, &article(&inside, ""));
        let expected: &[(String, String)] = if expected {
            &[("orcid".to_owned(), "0000-0002-1825-0097".to_owned())]
        } else {
            &[]
        };
        assert_eq!(work.authors[0].identifiers, expected, "{text}");
    }
}

#[test]
fn retracted_articles_are_known_by_their_type_and_by_the_notice() {
    let retracted = |kind: &str, reference: &str| {
        let inside = format!(
            "<ArticleTitle>T</ArticleTitle><PublicationTypeList><PublicationType>{kind}</PublicationType></PublicationTypeList>"
        );
        let behind = format!(
            "<CommentsCorrectionsList><CommentsCorrections RefType=\"{reference}\"><RefSource>J. Ex. 1998</RefSource>\
             <PMID>9</PMID></CommentsCorrections></CommentsCorrectionsList>"
        );
        work(read, &article(&inside, &behind)).retracted
    };
    assert!(retracted("Retracted Publication", "CommentIn"));
    assert!(retracted("Journal Article", "RetractionIn"));
    assert!(retracted("Journal Article", "RetractedandRepublishedIn"));
    // The notice itself, and what falls short of a retraction.
    assert!(!retracted("Retraction of Publication", "RetractionOf"));
    assert!(!retracted("Journal Article", "ExpressionOfConcernIn"));
}

#[test]
fn versions_are_linked_by_what_each_is_to_the_other() {
    let related = |kind: &str, reference: &str, source: &str| {
        let inside = format!(
            "<ArticleTitle>T</ArticleTitle><PublicationTypeList><PublicationType>{kind}</PublicationType></PublicationTypeList>"
        );
        let one = format!(
            "<CommentsCorrections RefType=\"{reference}\"><RefSource>{source}</RefSource><PMID>9</PMID></CommentsCorrections>"
        );
        let behind = format!("<CommentsCorrectionsList>{one}{one}</CommentsCorrectionsList>");
        let work = work(read, &article(&inside, &behind));
        assert!(
            work.related
                .iter()
                .all(|(_, id)| id.scheme == Scheme::Pmid && id.value == "9")
        );
        work.related
            .iter()
            .map(|(relation, _)| *relation)
            .collect::<Vec<_>>()
    };
    for (kind, reference, source, expected) in [
        (
            "Preprint",
            "UpdateIn",
            "Nature. 2021",
            Some(Relation::PublishedAs),
        ),
        (
            "Preprint",
            "UpdateOf",
            "bioRxiv. 2020",
            Some(Relation::VersionOf),
        ),
        (
            "Journal Article",
            "UpdateOf",
            "bioRxiv. 2020",
            Some(Relation::PreprintOf),
        ),
        (
            "Journal Article",
            "UpdateOf",
            "Cochrane Database",
            Some(Relation::VersionOf),
        ),
        (
            "Journal Article",
            "CorrectedandRepublishedIn",
            "J. Ex.",
            Some(Relation::VersionOf),
        ),
        ("Journal Article", "CommentOn", "J. Ex.", None),
    ] {
        assert_eq!(
            related(kind, reference, source),
            Vec::from_iter(expected),
            "{kind} {reference}"
        );
    }
}

#[test]
fn kinds_follow_the_types_of_publication() {
    for (types, kind) in [
        ("Journal Article|Review", WorkKind::Article),
        ("Journal Article|Preprint", WorkKind::Preprint),
        ("Dataset", WorkKind::Dataset),
        ("Technical Report", WorkKind::Report),
        ("Academic Dissertation", WorkKind::Thesis),
        ("", WorkKind::Article),
    ] {
        let types: String = types
            .split('|')
            .map(|name| format!("<PublicationType>{name}</PublicationType>"))
            .collect();
        let inside = format!(
            "<ArticleTitle>T</ArticleTitle><PublicationTypeList>{types}</PublicationTypeList>"
        );
        assert_eq!(work(read, &article(&inside, "")).kind, kind, "{types}");
    }
}

const BOOK: &str = "<Book><Publisher><PublisherName>Example Press</PublisherName></Publisher><BookTitle book=\"ex\">A Book of \
    <i>Examples</i></BookTitle><PubDate><Year>1993</Year></PubDate><BeginningDate><Year>1990</Year></BeginningDate>\
    <AuthorList Type=\"editors\"><Author><LastName>Nobody</LastName></Author></AuthorList>\
    <AuthorList Type=\"authors\"><Author><LastName>Elv</LastName><ForeName>C</ForeName></Author></AuthorList>\
    <Isbn>978-3-16-148410-0</Isbn></Book>";

#[test]
fn chapters_and_whole_books_are_told_apart() {
    let document = |inside: &str| {
        set(&format!(
            "<PubmedBookArticle><BookDocument><PMID Version=\"1\">123</PMID><ArticleIdList><ArticleId \
             IdType=\"bookaccession\">NBK9</ArticleId></ArticleIdList>{BOOK}{inside}</BookDocument><PubmedBookData>\
             <ArticleIdList><ArticleId IdType=\"doi\">10.5555/b</ArticleId></ArticleIdList></PubmedBookData></PubmedBookArticle>"
        ))
    };
    let chapter = work(
        read,
        &document(
            "<ArticleTitle book=\"ex\" part=\"one\">One Example</ArticleTitle><AuthorList Type=\"authors\"><Author><LastName>Berg\
             </LastName><ForeName>Ada</ForeName></Author></AuthorList><Abstract><AbstractText>Text.</AbstractText></Abstract>\
             <Sections><Section><SectionTitle>S</SectionTitle></Section></Sections><KeywordList><Keyword>graphs</Keyword></KeywordList>\
             <ContributionDate><Year>2004</Year><Month>3</Month><Day>1</Day></ContributionDate>",
        ),
    );
    assert_eq!(chapter.kind, WorkKind::Chapter);
    assert_eq!(chapter.title_source, "One Example");
    assert_eq!(names(&chapter), ["Ada Berg"]);
    assert_eq!(chapter.venue.as_deref(), Some("A Book of Examples"));
    assert_eq!(chapter.published_on.as_deref(), Some("2004-03-01"));
    assert_eq!(chapter.abstract_source.as_deref(), Some("<p>Text.</p>"));
    assert_eq!(topics(&chapter), ["keyword:graphs"]);
    let common = [
        "doi:10.5555/b",
        "pmid:123",
        "url:https://www.ncbi.nlm.nih.gov/books/NBK9/",
    ];
    assert_eq!(identifiers(&chapter), common);
    let book = work(read, &document("<ArticleTitle/>"));
    assert_eq!(book.kind, WorkKind::Book);
    assert_eq!(book.title_source, "A Book of <i>Examples</i>");
    assert_eq!(names(&book), ["C Elv"]);
    assert_eq!(book.venue.as_deref(), Some("Example Press"));
    assert_eq!((book.year, book.published_on), (Some(1993), None));
    assert!(
        book.identifiers
            .iter()
            .any(|id| id.scheme == Scheme::Isbn && id.value == "9783161484100")
    );
}

#[test]
fn deleted_citations_are_told_one_by_one() {
    let text = set(&format!(
        "{PAPER}<DeleteCitation><PMID Version=\"1\">1</PMID>\n<PMID Version=\"1\"> 2 </PMID></DeleteCitation>\
         <DeleteDocument><PMID>3</PMID></DeleteDocument>"
    ));
    let deleted: Vec<(String, String)> = all(read, &text)
        .into_iter()
        .filter_map(|record| match record {
            Ok(Record::Deleted { source, record_key }) => Some((source, record_key)),
            _ => None,
        })
        .collect();
    assert_eq!(
        deleted,
        ["1", "2", "3"].map(|key| ("PubMed".to_owned(), key.to_owned()))
    );
}

#[test]
fn old_sets_and_single_records_are_read_as_well() {
    let citation = "<MedlineCitation><PMID>7</PMID><Article><Journal><ISOAbbreviation>J Ex</ISOAbbreviation></Journal>\
        <ArticleTitle>T</ArticleTitle><AuthorList><Author><LastName>Berg</LastName><ForeName>Ada</ForeName>\
        <Affiliation>Oslo.</Affiliation></Author></AuthorList></Article>\
        <OtherID Source=\"NLM\">PMC123456 [Available on 01/02/12]</OtherID><OtherID Source=\"KIE\">98</OtherID></MedlineCitation>";
    let old = work(
        read,
        &format!("<MedlineCitationSet>{citation}</MedlineCitationSet>"),
    );
    assert_eq!(identifiers(&old), ["pmid:7", "pmcid:PMC123456"]);
    assert_eq!(old.authors[0].affiliations, ["Oslo."]);
    assert_eq!(old.venue.as_deref(), Some("J Ex"));
    assert_eq!(works(read, citation), [old]);
    assert_eq!(works(read, PAPER).len(), 1);
}

#[test]
fn what_cannot_be_read_is_refused_by_name() {
    let text = set(
        "<PubmedArticle><MedlineCitation><Article><ArticleTitle>T</ArticleTitle></Article></MedlineCitation></PubmedArticle>\
         <PubmedArticle><MedlineCitation><PMID>1a</PMID></MedlineCitation></PubmedArticle>\
         <PubmedArticle><MedlineCitation><PMID>2</PMID></MedlineCitation></PubmedArticle>\
         <PubmedArticle><MedlineCitation><PMID>3</PMID><Article><ArticleTitle>[Not Available].</ArticleTitle></Article>\
         </MedlineCitation></PubmedArticle><PubmedBookArticle><PMID>4</PMID></PubmedBookArticle>\
         <PubmedArticle><MedlineCitation><PMID>5</PMID><Article><ArticleTitle>&nbsp;</ArticleTitle></Article></MedlineCitation>\
         </PubmedArticle>",
    );
    let told = refusals(read, &text);
    assert_eq!(
        told[..5],
        [
            "records: record 1: it has no PubMed id",
            "records: record 2: it has no PubMed id",
            "records: record 3 (2): it has no <Article>",
            "records: record 4 (3): it has no title",
            "records: record 5: it has no PubMed id",
        ]
    );
    assert!(
        told[5].starts_with("records: record 6 (5): "),
        "{}",
        told[5]
    );
    assert_eq!(told.len(), 6);
    assert!(refusals(read, "<eFetchResult/>")[0].contains("this is not a PubMed file"));
}

#[test]
fn any_broken_file_ends_without_harm() {
    survives(
        read,
        r#"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><JournalIssue><PubDate><MedlineDate>1998 Dec</MedlineDate></PubDate></JournalIssue></Journal><ArticleTitle>[T].</ArticleTitle><AuthorList><Author ValidYN="Y"><LastName>B</LastName><Initials>A</Initials><Identifier Source="ORCID">0</Identifier></Author></AuthorList></Article></MedlineCitation></PubmedArticle><DeleteCitation><PMID>2</PMID></DeleteCitation></PubmedArticleSet>"#,
    );
}
