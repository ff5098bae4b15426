import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { styleSheet } from './src/parts/encodings.ts';

const ENCODINGS = 'virtual:encodings.css';

/** Makes the colours of `encodings.ts` a style sheet: a strict policy allows none made at run time. */
function encodings(): Plugin {
  return {
    name: 'encodings',
    resolveId: (id) => (id === ENCODINGS ? `\0${ENCODINGS}` : undefined),
    load: (id) => (id === `\0${ENCODINGS}` ? styleSheet() : undefined),
  };
}

export default defineConfig({
  plugins: [svelte(), encodings()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    assetsDir: 'assets',
    // Everything is a file of its own: the policy allows no data: scripts, styles or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
  server: {
    // `npm run dev` beside a running service; TWIN says where that is.
    proxy: { '/v1': process.env.TWIN ?? 'http://127.0.0.1:8080' },
  },
});
