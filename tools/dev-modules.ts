/* What dev.js runs of server/, so that one import of Vite's module runner brings all of it up to date. */
export { addresses } from '../server/addresses.ts';
export { buildApp } from '../server/app.ts';
export { banner } from '../server/banner.ts';
export { claimDataFolder } from '../server/claim-data-folder.ts';
export { CONFIG_OPTIONS, readConfig, USAGE } from '../server/config.ts';
export { readOptions } from '../server/options.ts';
export { openDataFolder } from '../server/data-folder.ts';
export { listenProblem } from '../server/listen-problem.ts';
