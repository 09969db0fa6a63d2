import type { UiLocale } from './format.js';

/**
 * The part of ICU MessageFormat that our texts use: `{name}`, `{n, number}`, `{n, number, percent}`, `plural` with `=0`,
 * the categories of the language and `#`, and `select`. A full implementation carries a parser of 10 kB that a page on a
 * slow line waits for; the tests hold this one against it, text by text.
 */
type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'number'; readonly name: string; readonly style: string }
  | { readonly kind: 'count' }
  | {
      readonly kind: 'plural' | 'select';
      readonly name: string;
      readonly choices: ReadonlyMap<string, readonly Part[]>;
    };

export type MessageValues = Readonly<Record<string, string | number>>;

const parsed = new Map<string, readonly Part[]>();

/** A text with its values filled in. Throws for a text that it cannot read, and for a value that is not given. */
export function fillMessage(text: string, locale: UiLocale, values: MessageValues): string {
  let parts = parsed.get(text);
  if (!parts) {
    parts = new Reader(text).read();
    parsed.set(text, parts);
  }
  return write(parts, locale, values, 0);
}

function write(parts: readonly Part[], locale: UiLocale, values: MessageValues, count: number): string {
  return parts.map((part) => writePart(part, locale, values, count)).join('');
}

function writePart(part: Part, locale: UiLocale, values: MessageValues, count: number): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'value':
      return String(valueFor(values, part.name));
    case 'number':
      return numberFormat(locale, part.style).format(Number(valueFor(values, part.name)));
    case 'count':
      return numberFormat(locale, '').format(count);
    case 'select': {
      const chosen = part.choices.get(String(valueFor(values, part.name))) ?? part.choices.get('other');
      return write(chosen ?? [], locale, values, count);
    }
    case 'plural': {
      const amount = Number(valueFor(values, part.name));
      const chosen =
        part.choices.get(`=${amount}`) ??
        part.choices.get(pluralRules(locale).select(amount)) ??
        part.choices.get('other');
      return write(chosen ?? [], locale, values, amount);
    }
  }
}

function valueFor(values: MessageValues, name: string): string | number {
  const value = values[name];
  if (value === undefined) throw new Error(`a text wants a value for "${name}"`);
  return value;
}

/** Reads a text from left to right. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly Part[] {
    const parts = this.#parts(false);
    if (this.#at < this.#text.length) throw this.#unreadable();
    return parts;
  }

  /** Up to the end, or to the brace that closes a choice; `#` stands for the count within a plural. */
  #parts(counted: boolean): readonly Part[] {
    const parts: Part[] = [];
    let text = '';
    const endText = (): void => {
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
    };
    for (; this.#at < this.#text.length; ) {
      const letter = this.#text.charAt(this.#at);
      if (letter === '}') break;
      this.#at += 1;
      if (letter === '{') {
        endText();
        parts.push(this.#argument(counted));
      } else if (letter === '#' && counted) {
        endText();
        parts.push({ kind: 'count' });
      } else {
        text += letter;
      }
    }
    endText();
    return parts;
  }

  /** What stands between braces, of which the first has been read. */
  #argument(counted: boolean): Part {
    const name = this.#word();
    if (this.#take('}')) return { kind: 'value', name };
    this.#expect(',');
    const kind = this.#word();
    if (kind === 'number') {
      const style = this.#take(',') ? this.#upTo('}') : '';
      this.#expect('}');
      return { kind, name, style };
    }
    if (kind !== 'plural' && kind !== 'select') throw this.#unreadable();
    this.#expect(',');
    const choices = new Map<string, readonly Part[]>();
    while (!this.#take('}')) {
      const choice = this.#word();
      this.#expect('{');
      choices.set(choice, this.#parts(counted || kind === 'plural'));
      this.#expect('}');
    }
    return { kind, name, choices };
  }

  #word(): string {
    this.#skipSpace();
    const [word = ''] = /^[\w=-]+/.exec(this.#text.slice(this.#at)) ?? [];
    if (word === '') throw this.#unreadable();
    this.#at += word.length;
    this.#skipSpace();
    return word;
  }

  #upTo(letter: string): string {
    const end = this.#text.indexOf(letter, this.#at);
    if (end < 0) throw this.#unreadable();
    const found = this.#text.slice(this.#at, end).trim();
    this.#at = end;
    return found;
  }

  #take(letter: string): boolean {
    this.#skipSpace();
    if (this.#text.charAt(this.#at) !== letter) return false;
    this.#at += 1;
    return true;
  }

  #expect(letter: string): void {
    this.#skipSpace();
    if (this.#text.charAt(this.#at) !== letter) throw this.#unreadable();
    // What follows an opening brace is text, in which spaces count.
    this.#at += 1;
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #unreadable(): Error {
    return new Error(`the text cannot be read at ${this.#at}: ${this.#text}`);
  }
}

const NUMBER_STYLES: Readonly<Record<string, Intl.NumberFormatOptions>> = {
  '': {},
  percent: { style: 'percent' },
  '::percent .#': { style: 'percent', maximumFractionDigits: 1 },
};

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: UiLocale, style: string): Intl.NumberFormat {
  const key = `${locale} ${style}`;
  let format = numberFormats.get(key);
  if (!format) {
    const options = NUMBER_STYLES[style];
    if (!options) throw new Error(`numbers are not written as "${style}"`);
    format = new Intl.NumberFormat(locale, options);
    numberFormats.set(key, format);
  }
  return format;
}

const rules = new Map<UiLocale, Intl.PluralRules>();

function pluralRules(locale: UiLocale): Intl.PluralRules {
  const known = rules.get(locale) ?? new Intl.PluralRules(locale);
  rules.set(locale, known);
  return known;
}
