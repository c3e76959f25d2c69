use super::*;
use crate::ingest::formats::json::samples;
use crate::ingest::formats::xml::testing::{person, refusals, survives};

const V3: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<record:record path="/0000-0002-1825-0097" xmlns:record="urn:r" xmlns:common="urn:c" xmlns:person="urn:p" xmlns:activities="urn:a">
<common:orcid-identifier><common:uri>https://orcid.org/0000-0002-1825-0097</common:uri><common:path>0000-0002-1825-0097</common:path></common:orcid-identifier>
<history:history visibility="private"><common:last-modified-date>2020</common:last-modified-date></history:history>
<person:person path="/0000-0002-1825-0097/person">
 <person:name visibility="public"><pd:given-names>Ada</pd:given-names><pd:family-name>Example</pd:family-name><pd:credit-name>Ada M. Example</pd:credit-name></person:name>
 <on:other-names><on:other-name visibility="public"><on:content>A. Example</on:content></on:other-name>
  <on:other-name visibility="limited"><on:content>Hidden Name</on:content></on:other-name></on:other-names>
 <ru:researcher-urls><ru:researcher-url visibility="public"><ru:url-name>Home</ru:url-name><ru:url>https://example.org/~ada</ru:url></ru:researcher-url>
  <ru:researcher-url visibility="private"><ru:url>https://example.org/hidden</ru:url></ru:researcher-url>
  <ru:researcher-url visibility="public"><ru:url>javascript:alert(1)</ru:url></ru:researcher-url></ru:researcher-urls>
 <email:emails><email:email visibility="public"><email:email>ada@example.org</email:email></email:email></email:emails>
 <ei:external-identifiers><ei:external-identifier visibility="public"><common:external-id-type>Scopus Author ID</common:external-id-type><common:external-id-value>77</common:external-id-value></ei:external-identifier>
  <ei:external-identifier visibility="private"><common:external-id-type>Loop profile</common:external-id-type><common:external-id-value>1</common:external-id-value></ei:external-identifier></ei:external-identifiers>
</person:person>
<activities:activities-summary>
 <activities:educations><activities:affiliation-group><education:education-summary visibility="public"><common:start-date><common:year>2000</common:year></common:start-date><common:end-date><common:year>2005</common:year></common:end-date>
  <common:organization><common:name>University B</common:name><common:address><common:country>DE</common:country></common:address><common:disambiguated-organization><common:disambiguated-organization-identifier>1234</common:disambiguated-organization-identifier><common:disambiguation-source>RINGGOLD</common:disambiguation-source></common:disambiguated-organization></common:organization></education:education-summary></activities:affiliation-group></activities:educations>
 <activities:employments><activities:affiliation-group><common:external-ids/><employment:employment-summary visibility="public"><common:role-title>Prof</common:role-title><common:start-date><common:year>2010</common:year></common:start-date>
  <common:organization><common:name>University A</common:name><common:address><common:city>X</common:city><common:country>us</common:country></common:address><common:disambiguated-organization><common:disambiguated-organization-identifier>https://ror.org/046rm7j60</common:disambiguated-organization-identifier><common:disambiguation-source>ROR</common:disambiguation-source></common:disambiguated-organization></common:organization></employment:employment-summary></activities:affiliation-group>
  <activities:affiliation-group><employment:employment-summary visibility="limited"><common:organization><common:name>Hidden Ltd</common:name></common:organization></employment:employment-summary></activities:affiliation-group></activities:employments>
 <activities:memberships><activities:affiliation-group><membership:membership-summary visibility="public"><common:organization><common:name>Club</common:name></common:organization></membership:membership-summary></activities:affiliation-group></activities:memberships>
 <activities:works>
  <activities:group><common:external-ids><common:external-id><common:external-id-type>doi</common:external-id-type><common:external-id-value>https://doi.org/10.5555/ABC</common:external-id-value><common:external-id-relationship>self</common:external-id-relationship></common:external-id>
   <common:external-id><common:external-id-type>issn</common:external-id-type><common:external-id-value>1234-5678</common:external-id-value><common:external-id-relationship>part-of</common:external-id-relationship></common:external-id></common:external-ids>
   <work:work-summary visibility="public"><work:title><common:title>T</common:title></work:title><work:type>journal-article</work:type></work:work-summary></activities:group>
  <activities:group><work:work-summary visibility="public"><common:external-ids><common:external-id><common:external-id-type>isbn</common:external-id-type><common:external-id-value>978-3-16-148410-0</common:external-id-value><common:external-id-relationship>self</common:external-id-relationship></common:external-id>
   <common:external-id><common:external-id-type>doi</common:external-id-type><common:external-id-value>10.5555/other</common:external-id-value><common:external-id-relationship>version-of</common:external-id-relationship></common:external-id></common:external-ids><work:type>book</work:type></work:work-summary></activities:group>
  <activities:group><common:external-ids><common:external-id><common:external-id-type>doi</common:external-id-type><common:external-id-value>10.5555/hidden</common:external-id-value></common:external-id></common:external-ids><work:work-summary visibility="private"><work:type>book</work:type></work:work-summary></activities:group>
 </activities:works>
</activities:activities-summary></record:record>"#;

fn ids(person: &PersonRecord) -> Vec<String> {
    let works = person.works.iter();
    works
        .map(|id| format!("{} {}", id.scheme.as_str(), id.value))
        .collect()
}

#[test]
fn a_record_is_read_whole() {
    let person = person(read, V3);
    assert_eq!(
        (person.source.as_str(), person.record_key.as_str()),
        ("ORCID", "0000-0002-1825-0097")
    );
    assert_eq!(person.name.display(), "Ada M. Example");
    assert_eq!(person.name.family.as_deref(), Some("Example"));
    let others: Vec<String> = person.other_names.iter().map(PersonName::display).collect();
    assert_eq!(others, ["Ada Example", "A. Example"]);
    let pair = |scheme: &str, value: &str| (scheme.to_owned(), value.to_owned());
    assert_eq!(
        person.identifiers,
        [pair("orcid", "0000-0002-1825-0097"), pair("scopus", "77")]
    );
    assert_eq!(person.urls, ["https://example.org/~ada"]);
    assert_eq!(ids(&person), ["doi 10.5555/abc", "isbn 9783161484100"]);
    let [(employer, first, last), (school, from, to)] = person.institutions.as_slice() else {
        panic!("{:?}", person.institutions);
    };
    assert_eq!(employer.ror.as_deref(), Some("046rm7j60"));
    assert_eq!(
        (employer.country.as_deref(), *first, *last),
        (Some("US"), Some(2010), None)
    );
    assert_eq!(school.identifiers, [pair("ringgold", "1234")]);
    assert_eq!((*from, *to), (Some(2000), Some(2005)));
}

#[test]
fn what_its_owner_does_not_show_to_all_is_not_read() {
    let person = person(read, V3);
    let text = format!("{person:?}").to_ascii_lowercase();
    assert!(!text.contains("hidden") && !text.contains("loop"), "{text}");
    assert_eq!(
        refusals(
            read,
            &V3.replace(
                "<person:name visibility=\"public\">",
                "<person:name visibility=\"LIMITED\">"
            )
        ),
        ["records: record 1 (0000-0002-1825-0097): it shows no name"]
    );
}

#[test]
fn version_2_lists_what_version_3_groups() {
    let old = V3
        .replace("<activities:affiliation-group>", "")
        .replace("</activities:affiliation-group>", "");
    assert_ne!(old, V3);
    assert_eq!(person(read, &old), person(read, V3));
}

#[test]
fn a_mistyped_id_is_refused_with_its_reason() {
    let mistyped = "This ORCID iD is mistyped: its last digit does not fit the others.";
    assert_eq!(
        refusals(read, &V3.replace("0097", "0098")),
        [format!(
            "records: record 1 (0000-0002-1825-0098): {mistyped}"
        )]
    );
    assert!(refusals(read, "<record/>")[0].contains("This is not an ORCID iD."));
    let sandbox = V3
        .replace("https://orcid.org/", "https://sandbox.orcid.org/")
        .replace("<common:path>0000-0002-1825-0097</common:path>", "");
    assert_eq!(person(read, &sandbox), person(read, V3));
}

#[test]
fn a_person_by_itself_is_read() {
    let (_, rest) = V3.split_once("<person:person").unwrap();
    let (alone, _) = rest.split_once("</person:person>").unwrap();
    let person = person(read, &format!("<person:person{alone}</person:person>"));
    assert_eq!(person.record_key, "0000-0002-1825-0097/person");
    assert_eq!(person.urls, ["https://example.org/~ada"]);
    assert!(person.works.is_empty());
}

#[test]
fn a_list_of_activities_is_read_if_a_source_names_the_person() {
    let source = |id: &str| {
        format!(
            "<common:source><common:source-orcid><common:path>{id}</common:path></common:source-orcid>\
             <common:source-name>Ada Example</common:source-name></common:source>"
        )
    };
    let list = |id: &str| {
        format!(
            "<activities:works path=\"/0000-0002-1825-0097/works\"><activities:group><work:work-summary visibility=\"public\">{}\
             <common:external-ids><common:external-id><common:external-id-type>doi</common:external-id-type>\
             <common:external-id-value>10.5555/1</common:external-id-value></common:external-id></common:external-ids>\
             </work:work-summary></activities:group></activities:works>",
            source(id)
        )
    };
    let person = person(read, &list("0000-0002-1825-0097"));
    assert_eq!(person.name.display(), "Ada Example");
    assert_eq!(person.record_key, "0000-0002-1825-0097/works");
    assert_eq!(ids(&person), ["doi 10.5555/1"]);
    assert_eq!(
        refusals(read, &list("0000-0001-5109-3700")),
        ["records: record 1 (0000-0002-1825-0097): it shows no name"]
    );
}

#[test]
fn other_documents_are_told() {
    assert_eq!(
        refusals(read, "<work:work path=\"/0000-0002-1825-0097/work/1\"/>"),
        [
            "records: the file as a whole: this is not an ORCID record: its outermost element is <work> (file)"
        ]
    );
}

#[test]
fn a_record_of_ten_thousand_works_is_read() {
    let work = |n: usize| {
        let id = format!(
            "<e:external-ids>\n<e:external-id>\n<e:external-id-type>doi</e:external-id-type>\n<e:external-id-value>10.5555/{n}</e:external-id-value>\n\
             <e:external-id-url>https://doi.org/10.5555/{n}</e:external-id-url>\n<e:external-id-relationship>self</e:external-id-relationship>\n</e:external-id>\n</e:external-ids>\n"
        );
        format!(
            "<a:group>\n<a:last-modified-date>2020</a:last-modified-date>\n{id}<w:work-summary visibility=\"public\">\n<c:source>\n<c:source-client-id>\n<c:uri>x</c:uri>\n</c:source-client-id>\n\
             </c:source>\n<w:title>\n<c:title>{}</c:title>\n</w:title>\n{id}<w:type>journal-article</w:type>\n</w:work-summary>\n</a:group>\n",
            "A title. ".repeat(20)
        )
    };
    let works: String = (0..10_000).map(work).collect();
    let text = V3.replace("<activities:works>", &format!("<activities:works>{works}"));
    assert_eq!(person(read, &text).works.len(), 10_002);
}

#[test]
fn the_models_of_orcid_are_read() {
    let Some(found) = samples::read("orcid_model_samples_xml", read) else {
        return;
    };
    // In the list of employments another iD stands as the source, so that nothing names the person.
    assert_eq!(found.others, [2, 0, 0]);
    assert_eq!(found.refused(), [("it shows no name", 1)]);
}

#[test]
fn any_broken_file_ends_without_harm() {
    let short = "<record:record path=\"/0000-0002-1825-0097\"><p:person><p:name visibility=\"public\"><g:given-names>A</g:given-names>\
        </p:name></p:person><a:activities-summary><a:works><a:group><w:work-summary><c:external-ids><c:external-id>\
        <c:external-id-type>doi</c:external-id-type><c:external-id-value>10.5555/1</c:external-id-value></c:external-id>\
        </c:external-ids></w:work-summary></a:group></a:works></a:activities-summary></record:record>";
    assert_eq!(ids(&person(read, short)), ["doi 10.5555/1"]);
    survives(read, short);
}
