import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { styleSheet } from './src/parts/encodings.ts';

const OUT = 'target/classes/web';
const ENCODINGS = 'virtual:encodings.css';

/** Makes the colours of `encodings.ts` a style sheet: a strict policy allows none made at run time. */
function encodings(): Plugin {
  return {
    name: 'encodings',
    resolveId: (id) => (id === ENCODINGS ? `\0${ENCODINGS}` : undefined),
    load: (id) => (id === `\0${ENCODINGS}` ? styleSheet() : undefined),
  };
}

/** Puts each file beside itself compressed (`.br`, `.gz`), and lists them in `files.txt` for the service. */
function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    closeBundle() {
      const files = readdirSync(OUT, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name).slice(OUT.length + 1))
        .filter((file) => file !== 'files.txt')
        .sort();
      for (const file of files) {
        const bytes = readFileSync(join(OUT, file));
        const size = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        writeFileSync(join(OUT, `${file}.br`), brotliCompressSync(bytes, { params: size }));
        writeFileSync(join(OUT, `${file}.gz`), gzipSync(bytes, { level: 9 }));
      }
      writeFileSync(join(OUT, 'files.txt'), `${files.join('\n')}\n`);
    },
  };
}

export default defineConfig({
  plugins: [svelte(), encodings(), precompressed()],
  build: {
    target: 'es2023',
    outDir: OUT,
    emptyOutDir: true,
    // Everything is a file of its own: the policy allows no data: scripts, styles or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  server: {
    // `npm run dev` beside a running service; TWIN says where that is.
    proxy: { '/v1': process.env.TWIN ?? 'http://127.0.0.1:8080' },
  },
});
