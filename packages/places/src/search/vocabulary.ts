/** Finds words of a sorted list: exactly, by prefix, and with typing errors. */
export interface Vocabulary {
  readonly words: readonly string[];
  /** The index of a word, or -1. */
  find(word: string): number;
  /** The first index and the index after the last of the words that begin with `prefix`. */
  range(prefix: string): readonly [first: number, end: number];
  /**
   * Every word within `most` edits of `word` (insertion, deletion, substitution, swap of neighbours), or, with `open`,
   * that has a prefix within them, with the number of edits. Recent answers are kept, because what is being typed is
   * asked for again at each key.
   */
  near(word: string, most: number, open: boolean): readonly (readonly [index: number, edits: number])[];
}

/** Answers of `near` that are kept, and the most words of one. */
const KEPT_ANSWERS = 512;
const MOST_WORDS = 2_000;

/** Longest word for which typing errors are looked for. */
const LONGEST = 40;

/** `words` must ascend by UTF-16 units. */
export function createVocabulary(words: readonly string[]): Vocabulary {
  // Row d of the table of edit distances belongs to the first d letters of the word being looked at.
  const width = LONGEST + 1;
  const rows = new Uint8Array((LONGEST + 3) * width);
  const letters = new Uint16Array(LONGEST + 2);
  const bestPrefix = new Uint8Array(LONGEST + 3);
  /** For each word: how many letters it begins with in common with the word before it. */
  const common = Uint8Array.from(words, (word, index) => commonLength(words[index - 1] ?? '', word));
  const answers = new Map<string, readonly (readonly [number, number])[]>();

  const lowerBound = (key: string, from = 0): number => {
    let low = from;
    let high = words.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((words[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  /** After the last word that begins with `prefix`, whose first word is at or after `from`. */
  const afterPrefix = (prefix: string, from: number): number => {
    let low = from;
    let high = words.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((words[middle] ?? '').slice(0, prefix.length) <= prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    words,
    find(word) {
      const index = lowerBound(word);
      return words[index] === word ? index : -1;
    },
    range(prefix) {
      const first = lowerBound(prefix);
      return [first, afterPrefix(prefix, first)];
    },
    near(word, most, open) {
      const key = `${most}${open ? '>' : '='}${word}`;
      const kept = answers.get(key);
      if (kept) return kept;
      const answer = word.length > LONGEST ? [] : walk(word, most, open);
      if (answers.size >= KEPT_ANSWERS) answers.clear();
      answers.set(key, answer);
      return answer;
    },
  };

  /**
   * The list is walked as the trie that it implies: rows of a common prefix are kept, and where no continuation can come
   * within `most` edits, all words with this prefix are passed over at once. The distance is optimal string alignment,
   * the restricted form of Damerau, "A technique for computer detection and correction of spelling errors",
   * Communications of the ACM 7, 1964.
   */
  function walk(word: string, most: number, open: boolean): [index: number, edits: number][] {
    const found: [number, number][] = [];
    const length = word.length;
    for (let column = 0; column <= length; column++) rows[column] = column;
    bestPrefix[0] = length;
    let known = 0;
    let index = 0;
    while (index < words.length && found.length < MOST_WORDS) {
      const candidate = words[index] ?? '';
      let depth = known;
      const end = Math.min(candidate.length, LONGEST);
      let dead = false;
      while (depth < end && !dead) {
        letters[depth] = candidate.charCodeAt(depth);
        depth++;
        dead = fillRow(word, depth) > most && (!open || (bestPrefix[depth] ?? 255) > most);
      }
      if (!dead) {
        const edits = open ? (bestPrefix[depth] ?? 255) : (rows[depth * width + length] ?? 255);
        if (edits <= most && candidate.length <= LONGEST) found.push([index, edits]);
      }
      // On to the next word, or past all that share the letters after which no word can come near.
      known = depth;
      do {
        index++;
        known = Math.min(known, common[index] ?? 0);
      } while (dead && index < words.length && (common[index] ?? 0) >= depth);
    }
    return found;
  }

  /** Fills row `depth` and returns the least value from which a later row can still be reached. */
  function fillRow(word: string, depth: number): number {
    const row = depth * width;
    const above = row - width;
    const letter = letters[depth - 1] ?? 0;
    const before = depth > 1 ? (letters[depth - 2] ?? 0) : -1;
    rows[row] = depth;
    let least = depth;
    for (let column = 1; column <= word.length; column++) {
      const typed = word.charCodeAt(column - 1);
      let edits = Math.min(
        (rows[above + column] ?? 0) + 1,
        (rows[row + column - 1] ?? 0) + 1,
        (rows[above + column - 1] ?? 0) + (typed === letter ? 0 : 1),
      );
      if (column > 1 && typed === before && word.charCodeAt(column - 2) === letter) {
        edits = Math.min(edits, (rows[above - width + column - 2] ?? 0) + 1);
      }
      rows[row + column] = edits;
      if (edits < least) least = edits;
      // A swap reaches from two rows above, so that a row counts as alive by its predecessor's values too.
      if ((rows[above + column - 1] ?? 0) < least) least = rows[above + column - 1] ?? 0;
    }
    bestPrefix[depth] = Math.min(bestPrefix[depth - 1] ?? 255, rows[row + word.length] ?? 255);
    return least;
  }
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < LONGEST && length < a.length && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}
