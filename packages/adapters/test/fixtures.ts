import { readdirSync, readFileSync } from 'node:fs';

/** Every JSON file of a fixture folder with its name, so that a new case is a new file. */
export function listFixtures<Fixture>(folder: string): { name: string; fixture: Fixture }[] {
  const directory = new URL(`./fixtures/${folder}/`, import.meta.url);
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: file.slice(0, -'.json'.length).replaceAll('-', ' '),
      fixture: JSON.parse(readFileSync(new URL(file, directory), 'utf8')),
    }));
}
