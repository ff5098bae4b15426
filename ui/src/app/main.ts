import 'virtual:encodings.css';
import './base.css';
import { mount } from 'svelte';
import Shell from './Shell.svelte';

mount(Shell, { target: document.getElementById('app')! });
