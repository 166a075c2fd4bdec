import { mount } from 'svelte';
import App from './App.svelte';
import { getLocale } from './paraglide/runtime.js';

document.documentElement.lang = getLocale();

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target });
