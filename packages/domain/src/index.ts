export * from './catalogue/index.js';
export * from './response/index.js';
