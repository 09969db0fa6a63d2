import '@lamplight/ui/schema-settings';

// Schemas are made when the modules that hold them are loaded, and the settings must be there by then.
void import('./start.js');
