import { mount } from 'svelte';
import './styles/base.css';
import App from './App.svelte';
import { keepFocus } from './parts/keep-focus.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
keepFocus(target);
mount(App, { target });
