import { type LonLat, type Metres, metres } from '@lamplight/base';
import type { Candidate, NearBy } from '@lamplight/places';
import { alignColumns } from '../interval-table.js';
import type { Language } from '../language.js';
import { numberBetween, parseLanguage, parsePosition } from '../options.js';
import { openGeocoder } from '../places-files.js';
import type { Registrar } from '../program.js';
import type { Terminal } from '../terminal.js';

interface FindOptions {
  readonly network: string;
  readonly near?: LonLat;
  readonly language?: Language;
  readonly limit: number;
}

interface AtOptions {
  readonly network: string;
  readonly position: LonLat;
  readonly within: Metres;
}

const NETWORK_OPTION = ['--network <file>', 'a network file; its places lie beside it'] as const;

export function registerPlaces({ program, finish, act, actOn }: Registrar): void {
  const places = program
    .command('places')
    .description('Search addresses, streets and named places, and name positions')
    .addHelpText(
      'after',
      `
Places are built with the network by 'lamplight roads build' and lie beside it: city.roads has city.places. A list of the
agency's own location codes (code, lon, lat, name) is used when it lies there as city.codes.csv. Nobody else is asked.

Examples:
  $ lamplight places find "12 Landstrasse" --network city.roads
  $ lamplight places at --network city.roads --position 9.52,47.14
`,
    );

  const findCommand = places
    .command('find')
    .description('Find what a text may mean: an address, a junction, a place, a code, coordinates')
    .argument('<text>', 'as somebody types it, in English or Chinese')
    .requiredOption(...NETWORK_OPTION)
    .option('--near <lon,lat>', 'among equal answers, those near it come first', parsePosition)
    .option('--language <language>', 'in which it is typed: en or zh-CN (default: --lang)', parseLanguage)
    .option('--limit <number>', 'how many answers at most, 1 to 50', numberBetween(1, 50, true), 8)
    .action(actOn<FindOptions>(find));
  finish(
    findCommand,
    `
One answer a line, best first: its name, how near the position is to what was asked for, and lon,lat. An
answer may carry a note, such as that the house number is not recorded. With --json a list of: label {en, zh-CN}, kind,
precision, position, score, matched (the parts of the text that it explains), asTyped, category, note. No answer is an
empty list, not an error.

Examples:
  $ lamplight places find "Landstrasse & Aeulestrasse" --network city.roads --json
  $ lamplight places find "人民路12号" --network city.roads --near 112.55,37.87
What happens next: 'lamplight roads route' takes the position.
`,
  );

  const atCommand = places
    .command('at')
    .description('Say what is at a position')
    .requiredOption(...NETWORK_OPTION)
    .requiredOption('--position <lon,lat>', 'longitude first', parsePosition)
    .option(
      '--within <metres>',
      'how far to look, 1 to 5000',
      (text) => metres(numberBetween(1, 5000)(text)),
      metres(250),
    )
    .action(act<AtOptions>(at));
  finish(
    atCommand,
    `
The first line describes the position; then the nearest address, intersection and street with their distances. With
--json: label {en, zh-CN}, and address, intersection, street (label, position, distance in metres, bearing from there to
the position; for the street the houseNumbers near by) as far as they are near; null when nothing is.

Example:
  $ lamplight places at --network city.roads --position 9.5215,47.1410
`,
  );
}

async function find(terminal: Terminal, text: string, options: FindOptions): Promise<undefined> {
  const geocoder = await openGeocoder(terminal, options.network);
  const { near, limit, language = terminal.language } = options;
  const found = geocoder.search(text, { limit, language, ...(near && { near }) });
  if (terminal.json) {
    terminal.printJson(found);
    return;
  }
  if (found.length === 0) terminal.say('places.nothing-found', { text });
  for (const line of alignColumns(found.map((candidate) => describe(terminal, candidate))))
    terminal.print(line);
}

function describe(terminal: Terminal, { label, precision, position, note }: Candidate): string[] {
  const told = note ? `${label[terminal.language]} (${note[terminal.language]})` : label[terminal.language];
  return [told, terminal.translate({ key: `places.precision.${precision}` }), asText(position)];
}

async function at(terminal: Terminal, { network, position, within }: AtOptions): Promise<undefined> {
  const geocoder = await openGeocoder(terminal, network);
  const answer = geocoder.reverse(position, { maxDistance: within });
  if (terminal.json) {
    terminal.printJson(answer ?? null);
    return;
  }
  if (!answer) {
    terminal.say('places.nothing-near', { metres: within });
    return;
  }
  terminal.print(answer.label[terminal.language]);
  const lines = (['address', 'intersection', 'street'] as const).flatMap((part) => {
    const near = answer[part];
    const name = terminal.translate({ key: `places.part.${part}` });
    return near ? [nearLine(name, near, terminal.language)] : [];
  });
  for (const line of alignColumns(lines)) terminal.print(line);
}

const nearLine = (part: string, { label, position, distance }: NearBy, language: Language): string[] => [
  `  ${part}`,
  label[language],
  `${Math.round(distance)} m`,
  asText(position),
];

const asText = ([lon, lat]: LonLat): string => `${lon.toFixed(6)},${lat.toFixed(6)}`;
