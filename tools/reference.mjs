// Writes the pages of docs/reference that are made from the code; with --check says whether they are up to date.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROBLEM_CODES, PROBLEMS, statusOfRefusal } from '../packages/contracts/dist/index.js';
import { REFUSAL_CODES } from '../packages/domain/dist/index.js';
import { STAGE_WORDS, VERBS } from '../packages/ui/dist/command-line/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const NOTE = '<!-- Made by `node tools/reference.mjs`; edit the source instead. -->\n';

const pages = { 'problems.md': problems(), 'cli.md': commandLine(), 'command-line.md': deskCommands() };
const stale = [];
for (const [name, text] of Object.entries(pages)) {
  const file = join(root, 'docs', 'reference', name);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (read(file) !== text) stale.push(name);
}
if (stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run node tools/reference.mjs.`);
  process.exit(1);
}

function problems() {
  const en = messages('en', 'problems');
  const zh = messages('zh-CN', 'problems');
  const refusals = new Set(REFUSAL_CODES);
  const rows = PROBLEM_CODES.map((code) => {
    const status = refusals.has(code) ? statusOfRefusal(code) : PROBLEMS[code];
    return `| \`${code}\` | ${status} | ${en[`problem.${code}`]} | ${zh[`problem.${code}`]} |`;
  });
  return `${NOTE}
# Problems

Every request that fails is answered with Problem Details (RFC 9457): \`status\`, a stable \`code\`, a \`detail\`, the
\`subject\` it is about, for invalid input the \`errors\` by \`field\` and \`reason\`, and a \`requestId\` that finds
the request in the log.

| code | status | English | 中文 |
|---|---|---|---|
${rows.join('\n')}
`;
}

function commandLine() {
  const sections = listCommands([]).map((path) => {
    const title = ['lamplight', ...path].join(' ');
    return `## ${title}\n\n\`\`\`\n${help(path)}\n\`\`\`\n`;
  });
  return `${NOTE}\n# The command line\n\nAs \`--help\` says it. From a checkout, \`lamplight\` is \`node apps/cli/dist/main.js\`.\n\n${sections.join('\n')}`;
}

/** The command line of the console, from the table that its parser reads. */
function deskCommands() {
  const en = messages('en', 'command-line');
  const zh = messages('zh-CN', 'command-line');
  const stages = { en: messages('en', 'incident'), zh: messages('zh-CN', 'incident') };
  const code = (words) => words.map((word) => `\`${word}\``).join(' ');
  const verbs = Object.entries(VERBS).map(
    ([verb, { words, example, confirm }]) =>
      `| ${code(words)} | ${en[`commandLine.verb.${verb}`]}${confirm ? ' †' : ''} | ${zh[`commandLine.verb.${verb}`]}${confirm ? ' †' : ''} | \`${example.en}\` | \`${example.zh}\` |`,
  );
  const rows = Object.entries(STAGE_WORDS).map(
    ([stage, words]) =>
      `| ${code(words)} | ${stages.en[`stage.${stage}`]} | ${stages.zh[`stage.${stage}`]} |`,
  );
  return `${NOTE}
# The command line of the console

\`.\` or \`:\` puts the caret into the line from wherever nobody is typing, Ctrl K from anywhere; Esc goes back. What
Enter will do is said beside the line before it is pressed. Tab completes, ↑ and ↓ fetch earlier lines, \`?\` explains.

- The verb may stand anywhere before somebody's own words, and units, incidents and stages in any order. Commas, wide
  letters and digits, and little words such as *to* and 到 are understood. English, Chinese and pinyin initials mix.
- Without a verb, units and a stage are a report, units and an incident an order, an incident or a unit alone is shown.
- A unit is its call sign without regard to case, spaces and commas, or so many letters of it that no other unit fits;
  \`P1-P4\` are all units from one to the other. \`@42\` is always a unit.
- An incident is its number, or the part of it that is spoken on the day with or without its zeros. \`#42\` is always an
  incident. Where none is named, the one that is open is meant; in a note or a reason only \`#\` names another.
- Reports, statuses and recalls of several units are one command each: one that is refused holds no other back, and is
  named with the reason. An order to several units is one order: all go, or none.
- Enter twice for what is marked † and for whatever takes a unit off other work.

| words | meaning | 含义 | example | 示例 |
|---|---|---|---|---|
${verbs.join('\n')}

## Stages

| words | stage | 阶段 |
|---|---|---|
${rows.join('\n')}

## Durations

\`5\`, \`5m\`, \`5分钟\` are minutes; \`90s\`, \`90秒\` seconds; \`1h\`, \`1小时\` hours; at most a day.
`;
}

function listCommands(path) {
  const [, commands = ''] = help(path).split(/^Commands:$/m);
  const names = [...commands.split(/\n\n/)[0].matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name]) => name);
  return [path, ...names.filter((name) => name !== 'help').flatMap((name) => listCommands([...path, name]))];
}

function help(path) {
  const { stdout } = spawnSync(process.execPath, [join(root, 'apps/cli/dist/main.js'), ...path, '--help'], {
    encoding: 'utf8',
    env: { ...process.env, LANG: 'en_US.UTF-8', COLUMNS: '100' },
  });
  return stdout.trim();
}

function messages(language, part) {
  return JSON.parse(readFileSync(join(root, `packages/ui/src/messages/${language}/${part}.json`), 'utf8'));
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
