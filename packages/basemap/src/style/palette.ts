export type Theme = 'day' | 'night';

/** Colours of one theme. Text must have a contrast of 4.5 or more against the ground it is written on (WCAG 2.2, 1.4.3). */
export interface Palette {
  readonly land: string;
  readonly built: string;
  readonly industry: string;
  readonly field: string;
  readonly green: string;
  readonly wood: string;
  readonly sport: string;
  readonly sand: string;
  readonly rock: string;
  readonly ice: string;
  readonly burial: string;
  readonly health: string;
  readonly learning: string;
  readonly airfield: string;
  readonly paved: string;
  readonly water: string;
  readonly waterEdge: string;
  readonly building: string;
  readonly buildingEdge: string;
  readonly motorway: string;
  readonly motorwayEdge: string;
  readonly major: string;
  readonly majorEdge: string;
  readonly medium: string;
  readonly mediumEdge: string;
  readonly minor: string;
  readonly minorEdge: string;
  readonly path: string;
  readonly rail: string;
  readonly ferry: string;
  readonly boundary: string;
  readonly placeText: string;
  readonly streetText: string;
  readonly poiText: string;
  readonly waterText: string;
  readonly greenText: string;
  readonly numberText: string;
  readonly shieldText: string;
  readonly halo: string;
  readonly waterHalo: string;
}

/** Paper: pale and warm, so that only what the board draws on it has strong colour. */
const DAY: Palette = {
  land: '#f4f2ec',
  built: '#edeae3',
  industry: '#e8e5e1',
  field: '#f0f0e2',
  green: '#dcead0',
  wood: '#cfe0c3',
  sport: '#d3e6d0',
  sand: '#f3ead0',
  rock: '#e6e3dd',
  ice: '#edf4f7',
  burial: '#dbe4d2',
  health: '#f7e3e0',
  learning: '#f3ecd6',
  airfield: '#e6e6ea',
  paved: '#e4e1da',
  water: '#b9d5e6',
  waterEdge: '#9dc0d6',
  building: '#dfdad0',
  buildingEdge: '#c9c2b5',
  motorway: '#f2b97e',
  motorwayEdge: '#c98a4a',
  major: '#f9d998',
  majorEdge: '#cfae68',
  medium: '#fff3cc',
  mediumEdge: '#cfc19a',
  minor: '#ffffff',
  minorEdge: '#cdc8bd',
  path: '#b5a58f',
  rail: '#a5a3a8',
  ferry: '#6f97b3',
  boundary: '#8d7f9e',
  placeText: '#25282d',
  streetText: '#4a4740',
  poiText: '#5b564d',
  waterText: '#2f5f80',
  greenText: '#40663b',
  numberText: '#635d53',
  shieldText: '#5c4a1e',
  halo: '#fbfaf6',
  waterHalo: '#d3e4ef',
};

/** Lamplight: near black and warm, with little blue, so that eyes that go out into the dark keep their sight. */
const NIGHT: Palette = {
  land: '#161512',
  built: '#1c1a17',
  industry: '#1e1d1b',
  field: '#191a13',
  green: '#1b2217',
  wood: '#182015',
  sport: '#1c2419',
  sand: '#242017',
  rock: '#201f1c',
  ice: '#22241f',
  burial: '#1c211a',
  health: '#2a1b19',
  learning: '#24201a',
  airfield: '#1f1f20',
  paved: '#24221f',
  water: '#0d1a1d',
  waterEdge: '#1e343a',
  building: '#292622',
  buildingEdge: '#3a352e',
  motorway: '#a5743a',
  motorwayEdge: '#0e0d0b',
  major: '#80663a',
  majorEdge: '#0e0d0b',
  medium: '#645940',
  mediumEdge: '#0e0d0b',
  minor: '#4a453b',
  minorEdge: '#0e0d0b',
  path: '#655a49',
  rail: '#4c4944',
  ferry: '#3a5a63',
  boundary: '#7a6b80',
  placeText: '#f0e6d2',
  streetText: '#cfc5b1',
  poiText: '#b8ae9b',
  waterText: '#7ea4ad',
  greenText: '#8aa67c',
  numberText: '#a1988a',
  shieldText: '#e2c88d',
  halo: '#12110e',
  waterHalo: '#0a1315',
};

export const PALETTES: Readonly<Record<Theme, Palette>> = { day: DAY, night: NIGHT };
