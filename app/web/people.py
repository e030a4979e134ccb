"""People and teams, for admins."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.choices import Role
from app.db import transaction
from app.inputs.person import NewPerson, TeamName
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import people
from app.services import people as verbs
from app.web.actor import current_actor
from app.web.forms import Answer, form, or_ask_again

bp = Blueprint("people", __name__, url_prefix="/admin")


@bp.get("/people")
def index() -> str:
    """Everybody who has an account."""
    return _list(None)


@bp.route("/people/new", methods=["GET"])
def new() -> str:
    """The form for a new account."""
    require(current_actor(), Permission.MANAGE_PEOPLE)
    return render_template("people/person.html", values={"role": "rep"}, errors={}, **_form(None))


@bp.post("/people")
def add() -> Answer:
    """Make an account; the one-time password is shown this once."""
    actor = current_actor()
    require(actor, Permission.MANAGE_PEOPLE)

    def work() -> Response:
        asked = form(NewPerson)
        with transaction():
            person, password = verbs.add(actor, asked)
        return Response(_list((person.email, password)), 201, mimetype="text/html")

    return or_ask_again(work, "people/person.html", lambda: _form(None))


@bp.get("/people/<int:person_id>")
def edit(person_id: int) -> str:
    """The form to change an account."""
    person = people.get(current_actor(), person_id)
    values = {
        "name": person.name,
        "email": person.email,
        "role": person.role.value,
        "team": person.team.name if person.team else "",
    }
    return render_template("people/person.html", values=values, errors={}, **_form(person))


@bp.post("/people/<int:person_id>")
def change(person_id: int) -> Answer:
    """Change an account."""
    actor = current_actor()
    people.get(actor, person_id)

    def work() -> Response:
        asked = form(NewPerson)
        with transaction():
            verbs.change(actor, people.get(actor, person_id), asked)
        flash("Saved.", "success")
        return redirect(url_for("people.index"), 303)

    return or_ask_again(work, "people/person.html", lambda: _form(people.get(actor, person_id)))


@bp.post("/people/<int:person_id>/deactivate")
def deactivate(person_id: int) -> Response:
    """End somebody's account."""
    actor = current_actor()
    with transaction():
        verbs.deactivate(actor, people.get(actor, person_id))
    flash("The account is deactivated: sessions and tokens have ended.", "success")
    return redirect(url_for("people.index"), 303)


@bp.post("/people/<int:person_id>/activate")
def activate(person_id: int) -> Response:
    """Give somebody their account back."""
    actor = current_actor()
    with transaction():
        verbs.activate(actor, people.get(actor, person_id))
    flash("The account is active again.", "success")
    return redirect(url_for("people.index"), 303)


@bp.post("/people/<int:person_id>/password")
def reset_password(person_id: int) -> Response:
    """Give somebody a new one-time password, shown this once."""
    actor = current_actor()
    with transaction():
        person = people.get(actor, person_id)
        password = verbs.reset_password(actor, person)
    return Response(_list((person.email, password)), 200, mimetype="text/html")


@bp.get("/teams")
def teams() -> str:
    """All teams."""
    return render_template("people/teams.html", values={}, errors={}, **_teams())


@bp.post("/teams")
def add_team() -> Answer:
    """Make a team."""
    actor = current_actor()
    require(actor, Permission.MANAGE_PEOPLE)

    def work() -> Response:
        asked = form(TeamName)
        with transaction():
            verbs.add_team(actor, asked)
        return redirect(url_for("people.teams"), 303)

    return or_ask_again(work, "people/teams.html", _teams)


@bp.post("/teams/<int:team_id>")
def rename_team(team_id: int) -> Answer:
    """Call a team something else."""
    actor = current_actor()
    require(actor, Permission.MANAGE_PEOPLE)

    def work() -> Response:
        asked = form(TeamName)
        with transaction():
            verbs.rename_team(actor, team_id, asked)
        return redirect(url_for("people.teams"), 303)

    return or_ask_again(work, "people/teams.html", _teams)


def _list(one_time_password: tuple[str, str] | None) -> str:
    actor = current_actor()
    return render_template(
        "people/list.html",
        people=people.everybody(actor),
        teams=_teams()["teams"],
        one_time_password=one_time_password,
    )


def _teams() -> dict[str, Any]:
    counted = people.teams(current_actor())
    return {
        "teams": [{"id": team.id, "name": team.name, "members": count} for team, count in counted]
    }


def _form(person: User | None) -> dict[str, Any]:
    return {"person": person, "roles": [role.value for role in Role], **_teams()}
