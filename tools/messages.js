/*
 * Compiles client/messages into the typed functions of client/paraglide, which Vite otherwise does in
 * passing.
 */
import { compile } from '@inlang/paraglide-js';
import options from '../client/paraglide.config.js';

await compile(options);
process.exit();
