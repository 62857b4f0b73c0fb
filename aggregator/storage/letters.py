"""The letters that carry digests: which were begun and sent, so that none goes out twice."""

from dataclasses import asdict

from sqlalchemy import Engine, literal_column
from sqlmodel import Session, col, select

from aggregator.model import Letter
from aggregator.storage import rows
from aggregator.storage.tables import LetterRow


class Letters:
    """Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, newsfeed: str, period: str) -> dict[str, Letter]:
        """The letters with this digest, by their addresses."""
        asked = select(LetterRow).where(LetterRow.newsfeed == newsfeed, LetterRow.period == period)
        with Session(self._engine) as session:
            return {row.address: rows.letter_of(row) for row in session.exec(asked)}

    def undelivered(self, limit: int) -> list[Letter]:
        """The letters that were begun last of those with which something was wrong."""
        # In the words of an index, which a value that is handed in is not.
        is_wrong = col(LetterRow.problem) != literal_column("''")
        asked = select(LetterRow).where(is_wrong).order_by(col(LetterRow.begun).desc()).limit(limit)
        with Session(self._engine) as session:
            return [rows.letter_of(row) for row in session.exec(asked)]

    def keep(self, letter: Letter) -> None:
        with Session(self._engine) as session, session.begin():
            session.merge(LetterRow(**asdict(letter)))

    def forget(self, letter: Letter) -> None:
        """As if LETTER had never been begun."""
        with Session(self._engine) as session, session.begin():
            row = session.get(LetterRow, (letter.newsfeed, letter.period, letter.address))
            if row is not None:
                session.delete(row)
