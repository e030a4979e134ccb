"""Who is told of feedback: the owners of the pieces at once, then the person who gave it."""

from app.choices import FeedbackState, NoticeKind, Verdict
from app.models.feedback import Feedback
from app.services import notices
from app.services.notices import News

SHOWN = 500
SAID = {
    Verdict.WRONG: "Somebody says that “{title}” is wrong",
    Verdict.OUT_OF_DATE: "Somebody says that “{title}” is out of date",
    Verdict.DID_NOT_HELP: "“{title}” did not help",
    Verdict.HELPED: "“{title}” helped",
}


def given(feedback: Feedback) -> None:
    """Tell the owners of the pieces; praise waits in the feedback list."""
    if feedback.verdict is Verdict.HELPED:
        return
    for about in feedback.about:
        if about.asset.owner_id != feedback.person_id:
            title = SAID.get(feedback.verdict, "Something is missing in “{title}”")
            notices.tell(
                about.asset.owner,
                News(
                    NoticeKind.FEEDBACK,
                    f"{feedback.id}",
                    title.format(title=about.asset.title),
                    f"{feedback.person.name}: {feedback.note[:SHOWN]}",
                    f"/feedback/{feedback.id}",
                ),
            )


def answered(feedback: Feedback) -> None:
    """Tell the person who gave it what became of it."""
    if feedback.answered_by_id == feedback.person_id:
        return
    notices.tell(
        feedback.person,
        News(
            NoticeKind.FEEDBACK_ANSWER,
            f"{feedback.id}/{feedback.state.value}",
            _outcome(feedback),
            feedback.reason,
            f"/feedback/{feedback.id}",
        ),
    )


def _outcome(feedback: Feedback) -> str:
    titles = ", ".join(f"“{about.asset.title}”" for about in feedback.about)
    of = f" on {titles}" if titles else ""
    version = feedback.fixed_version
    if version is not None:
        return f"Your note{of} is fixed in version {version.number} of “{version.asset.title}”"
    if feedback.state is FeedbackState.DECLINED:
        return f"Your note{of} was declined"
    return f"Your note{of} was accepted"
