// Invented records, different for every test, so that tests never share an author.
import { randomInt } from "node:crypto";

const FIRST = ["Ailo", "Berit", "Cyrine", "Dagan", "Elvia", "Fenja", "Gudvin", "Hesper", "Iskra", "Joren", "Kaisu", "Lunet"];
const START = ["Bran", "Cald", "Dov", "Esker", "Fal", "Grim", "Hol", "Ister", "Jarl", "Kest", "Lor", "Mar", "Nord", "Ost", "Pell", "Quar"];
const MIDDLE = ["a", "e", "i", "o", "u", "ae", "ei", "ou"];
const END = ["bury", "dahl", "finch", "gard", "holt", "kamp", "lund", "mere", "nair", "quist", "rova", "stad", "thwaite", "vik", "wen", "zen"];

function pick<T>(list: readonly T[]): T {
  const one = list[randomInt(list.length)];
  if (one === undefined) {
    throw new Error("picked from an empty list");
  }
  return one;
}

/** A family name that no other test will draw: one in some millions. */
export function inventedName(): { given: string; family: string; full: string } {
  const given = pick(FIRST);
  const family = `${pick(START)}${pick(MIDDLE)}${pick(START).toLowerCase()}${pick(MIDDLE)}${pick(END)}`;
  return { given, family, full: `${given} ${family}` };
}

export interface InventedAuthor {
  name: string;
  coauthor: string;
  titles: string[];
  csl: string;
}

/** An author with seven works, six of them with the same co-author, in CSL-JSON. */
export function inventedAuthor(): InventedAuthor {
  const author = inventedName();
  const coauthor = inventedName();
  const key = `${author.family}-${coauthor.family}`.toLowerCase();
  const subjects = ["tidal gauges", "slow lattices", "moss carpets", "paper folds", "river deltas", "quiet rooms", "shared maps"];
  const titles = subjects.map((subject, index) => `On ${subject}, after ${author.family}, part ${index + 1}`);
  const works = titles.map((title, index) => ({
    id: `arxiv:${2101 + index}.${String(randomInt(100_000)).padStart(5, "0")}`,
    type: "article",
    genre: "preprint",
    publisher: "arXiv",
    title,
    abstract: `We study ${subjects[index]} with an $\\ell_1$ penalty and find the effect in 12\\% of the cases (${key}).`,
    author: [
      { given: author.given, family: author.family },
      ...(index < 6 ? [{ given: coauthor.given, family: coauthor.family }] : []),
    ],
    issued: { "date-parts": [[2020 + (index % 4)]] },
    keyword: "cs.LG, cs.DL",
  }));
  return { name: author.full, coauthor: coauthor.full, titles, csl: JSON.stringify(works) };
}
