import 'virtual:encodings.css';
import './base.css';
import { mount } from 'svelte';
import Shell from './Shell.svelte';
import { themes } from './theme.svelte';

themes.begin();
mount(Shell, { target: document.getElementById('app')! });
