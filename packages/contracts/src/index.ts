export * from './commands.js';
export * from './entities.js';
export * from './events.js';
export * from './live.js';
export * from './primitives.js';
export * from './problem.js';
export * from './resources.js';
