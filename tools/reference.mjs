// Writes the pages of docs/reference that are made from the code; with --check says whether they are up to date.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROBLEM_CODES, PROBLEMS, statusOfRefusal } from '../packages/contracts/dist/index.js';
import { REFUSAL_CODES } from '../packages/domain/dist/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const NOTE = '<!-- Made by `node tools/reference.mjs`; edit the source instead. -->\n';

const pages = { 'problems.md': problems(), 'cli.md': commandLine() };
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
  const en = messages('en');
  const zh = messages('zh-CN');
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

function messages(language) {
  return JSON.parse(readFileSync(join(root, `packages/ui/src/messages/${language}.json`), 'utf8'));
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
