// Brings a checkout to where everything can run: dependencies, then the build. Each step is skipped when nothing it
// depends on has changed, so starting again costs a second. Uses nothing but Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamps = join(root, 'node_modules', '.lamplight');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

requireNode(20, 19);
if (!isInstalled()) {
  console.error('lamplight: dependencies …');
  // What the lock file says, and no change to it. `npm ci` would do, but refuses a lock file that does not list the
  // optional packages of every other platform, which depends on the registry it was written against.
  run(npm, ['install', '--no-save', '--no-audit', '--no-fund']);
}
step('build', ['tsconfig.base.json', 'packages', 'apps'], isTypeScriptSource, () => {
  run(process.execPath, [
    join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
    '-b',
    'apps/server',
    'apps/cli',
  ]);
});
step(
  'console',
  [
    'package-lock.json',
    'packages/base',
    'packages/domain',
    'packages/contracts',
    'packages/ui',
    'apps/console',
  ],
  isConsoleSource,
  () => {
    run(npm, ['run', 'build', '--silent', '-w', 'apps/console']);
  },
);
if (process.argv.includes('--browser')) provideBrowser();

function requireNode(major, minor) {
  const [have, haveMinor] = process.versions.node.split('.').map(Number);
  if (have > major || (have === major && haveMinor >= minor)) return;
  fail(`Lamplight needs Node ${major}.${minor} or newer; this is ${process.versions.node}.`);
}

/** Whether node_modules holds what the lock file names; packages for other machines are not expected. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const { packages: present } = JSON.parse(readFileSync(installed, 'utf8'));
  const { packages: wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (!path.includes('node_modules/') || (optional && !present[path])) return true;
    return link ? present[path]?.link === true : present[path]?.version === version;
  });
}

function isTypeScriptSource(path) {
  return (
    /\/(src\/.*\.(ts|tsx|json)|tsconfig\.json)$|tsconfig\.base\.json$/.test(path) &&
    !path.startsWith('apps/console')
  );
}
function isConsoleSource(path) {
  return /\.(ts|tsx|css|html|svg|json)$/.test(path) && !/\/test\//.test(path);
}

/** Runs `work` unless the files that `wanted` picks below `places` are the same as when it last succeeded. */
function step(name, places, wanted, work) {
  const stamp = join(stamps, name);
  const print = fingerprint(places, wanted);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print && isInPlace(name)) return;
  console.error(`lamplight: ${name} …`);
  work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, print);
}

/** Somebody may have removed what a step made. */
function isInPlace(name) {
  const made = { build: 'apps/cli/dist/main.js', console: 'apps/console/dist/index.html' }[name];
  return existsSync(join(root, made));
}

function fingerprint(places, wanted) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const path of places.flatMap(filesBelow).filter(wanted).sort()) {
    hash.update(`\n${path}\n`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full, { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist', 'build', '.vite'].includes(name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
    );
}

/** Browser tests need a Chromium: one that is here, or Debian's when we may install it. Its absence is said, once. */
function provideBrowser() {
  const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  if (process.env.CHROMIUM_PATH || browsers.some(existsSync)) return;
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (mayInstall) {
    const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    console.error('lamplight: installing Chromium for the browser tests …');
    spawnSync('apt-get', ['update'], quiet);
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], quiet);
  }
  if (!browsers.some(existsSync)) {
    console.error(
      'lamplight: no Chromium was found and none could be installed; the browser tests are left out.',
    );
  }
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: false });
  if (error) fail(`${command} could not be started: ${error.message}`);
  if (status !== 0) fail(`${command} ${args.join(' ')} failed`);
}

function fail(message) {
  console.error(`lamplight: ${message}`);
  process.exit(1);
}
