import { describe, expect, it } from 'vitest';
import { cli } from './run-cli.js';

const COMMANDS = [
  ['serve'],
  ['demo'],
  ['roads', 'build'],
  ['roads', 'info'],
  ['roads', 'route'],
  ['roads', 'matrix'],
  ['roads', 'nearest'],
  ['roads', 'isochrone'],
  ['roads', 'match'],
  ['roads', 'export'],
  ['roads', 'calibrate'],
  ['places', 'find'],
  ['places', 'at'],
  ['import', 'stations'],
  ['import', 'units'],
  ['import', 'types'],
  ['rehearse'],
  ['report'],
  ['verify'],
  ['project', 'rebuild'],
  ['user', 'add'],
] as const;

describe('the help', () => {
  it('names every command and every exit code', async () => {
    const { exit, stdout, stderr } = await cli(['--help']);
    expect(exit).toBe(0);
    expect(stderr).toBe('');
    for (const [command] of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
    for (const code of [0, 1, 2, 3, 4, 5, 130]) expect(stdout).toMatch(new RegExp(`^ {2}${code}\\b`, 'm'));
  });

  it.each(COMMANDS.map((words) => [words.join(' '), words] as const))(
    'of %s shows an example, --json and --lang',
    async (name, words) => {
      const { exit, stdout } = await cli([...words, '--help']);
      expect(exit).toBe(0);
      expect(stdout).toContain(`lamplight ${name}`);
      expect(stdout).toMatch(/^Examples?:\n {2}\$ /m);
      expect(stdout).toContain('--json');
      expect(stdout).toContain('--lang');
    },
  );

  it('is told on standard error, with exit code 2, when no command is given', async () => {
    const { exit, stdout, stderr } = await cli(['roads']);
    expect(exit).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('matrix');
  });
});

describe('a wrong command line', () => {
  it.each([
    [['roads', 'bild'], 'Did you mean build'],
    [['roads', 'build', 'x.pbf'], "'--out <file>' not specified"],
    [
      ['roads', 'route', '--network', 'n', '--from', '91', '--to', '0,0'],
      "'--from <lon,lat>' argument '91' is invalid. must be lon,lat",
    ],
    [
      ['roads', 'build', 'x.pbf', '--out', 'y', '--profile', 'tank'],
      'must be one of emergency, emergency-contraflow',
    ],
    [['roads', 'build', 'x.pbf', '--out', 'y', '--driving-side', 'middle'], 'must be right or left'],
    [
      ['roads', 'isochrone', '--network', 'n', '--at', '1,2', '--minutes', '5,,10'],
      'must be up to 32 numbers',
    ],
    [['roads', 'isochrone', '--network', 'n', '--at', '1,2', '--minutes', '0'], 'must be up to 32 numbers'],
    [
      ['roads', 'route', '--network', 'n', '--from', '1,2', '--to', '1,2', '--at', '2026-02-30 08:00'],
      'must be a wall clock that exists',
    ],
    [
      ['roads', 'nearest', '--network', 'n', '--to', '1,2', '--units', 'u', '-k', '0'],
      'must be a whole number from 1 to 10000',
    ],
    [['demo', '--speed', '61'], "'--speed <number>' argument '61' is invalid. must be a number from 1 to 60"],
    [['demo', '--port', '80a'], "argument '80a' is invalid. must be a whole number from 0 to 65535"],
    [['report', '--from', 'yesterday'], 'must be an RFC 3339 date-time'],
    [['report', '--from', '2026-02-30T00:00:00Z'], 'is not a date and time that exists'],
    [
      ['rehearse', '--roads', 'r', '--calls', 'c', '--stations', 's', '--day', '2017-13-01'],
      'must be a day that exists',
    ],
    [['user', 'add', 'someone', '--role', 'king'], '"king" is no role'],
    [['verify', '--lang', 'fr'], 'must be en or zh-CN'],
    [['verify', '--nonsense'], "unknown option '--nonsense'"],
  ])('%j ends with exit code 2 and says why', async (args, reason) => {
    const { exit, stdout, stderr } = await cli(args);
    expect(stderr).toContain(reason);
    expect(exit).toBe(2);
    expect(stdout).toBe('');
  });

  it('is noticed by the command itself where options do not go together', async () => {
    const base = ['rehearse', '--roads', 'r', '--calls', 'c', '--stations', 's', '--day', '2017-01-01'];
    const { exit, stderr } = await cli([...base, '--from', '2017-01-01T00:00:00Z']);
    expect(exit).toBe(2);
    expect(stderr).toContain('--day cannot be combined');
  });
});
