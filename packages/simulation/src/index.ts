export * from './city/index.js';
export * from './crew/index.js';
export * from './demand/index.js';
export * from './recording/index.js';
