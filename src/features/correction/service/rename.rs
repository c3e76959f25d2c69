//! The name that a page shows.

use super::{Case, keeping, next, reason_of};
use crate::domain::correction::{Change, Detail, Kind, Refusal, Role, chosen_name, former_keys};
use crate::domain::ids::{AuthorId, CorrectionId};
use crate::domain::names::name_key;
use crate::error::AppError;
use crate::features::correction::queries;
use crate::features::correction::queries::people::{self, AuthorRow};
use crate::features::correction::types::CorrectionDraft;
use crate::infra::context::Cx;

/// Shows another name. With `hide_former` the names it was known by before are neither shown nor exported nor led to any
/// more. Sent twice, it answers the same.
pub async fn rename(
    cx: Cx,
    author: AuthorId,
    name: String,
    hide_former: bool,
    seen: i64,
    reason: String,
) -> Result<String, AppError> {
    let draft = CorrectionDraft {
        form: "rename".into(),
        reason: reason.clone(),
        text: name.clone(),
        ..CorrectionDraft::default()
    };
    let done = rename_now(&cx, author, &name, hide_former, seen, &reason).await;
    let (row, correction) = keeping(&cx, author, draft, done).await?;
    Ok(next(&row, "", "done", correction))
}

async fn rename_now(
    cx: &Cx,
    author: AuthorId,
    name: &str,
    hide_former: bool,
    seen: i64,
    reason: &str,
) -> Result<(AuthorRow, CorrectionId), AppError> {
    let mut case = Case::open(cx, author, &[]).await?;
    let name = chosen_name(name)?;
    let (kind, account) = (Kind::Rename, case.account);
    if let Some(before) = queries::find_latest(&mut case.tx, kind, account, author, None).await?
        && case.author.name == name
        && let Ok(detail) = serde_json::from_str::<Detail>(&before.detail)
        && let Change::Rename { after, former, .. } = detail.change
        && after == name
        && (!hide_former || !former.is_empty())
    {
        return Ok((case.author.clone(), CorrectionId(before.id)));
    }
    case.require_shown()?;
    case.require_seen(seen).await?;
    let reason = reason_of(reason)?;
    let forms = people::list_names(&mut case.tx, author).await?;
    let former = if hide_former {
        former_keys(&case.author.name, forms.iter().map(String::as_str), &name)
    } else {
        Vec::new()
    };
    if case.author.name == name && former.is_empty() {
        return Err(Refusal::NameSame.into());
    }
    let key = name_key(&name);
    let own = forms.iter().any(|form| name_key(form) == key);
    if case.role == Role::Claimant
        && !own
        && people::exists_claimed_namesake(&mut case.tx, &key, author).await?
    {
        return Err(Refusal::NameOfOther.into());
    }
    let change = Change::Rename {
        before: case.author.name.clone(),
        decided_before: case.author.name_decided,
        after: name.clone(),
        former: former.clone(),
    };
    let correction = case.write(change, None, None, &reason, &[]).await?;
    people::add_former(&mut case.tx, author, &former, correction).await?;
    people::update_name(&mut case.tx, author, &name, true).await?;
    let row = people::lookup(&mut case.tx, author)
        .await?
        .ok_or(AppError::Internal)?;
    case.close(&[author]).await?;
    Ok((row, correction))
}
