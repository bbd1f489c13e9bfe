import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { licences } from './scripts/licences';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react(), licences()],
  // The window serves the pages from wails://wails/, the browser from /: relative addresses suit both.
  base: './',
  resolve: { alias: { '@': at('./src'), '@lang': at('../app/kit/lang') } },
  build: { target: ['es2022', 'chrome111', 'safari16.4'], chunkSizeWarningLimit: 900, assetsInlineLimit: 0 },
  server: {
    fs: { allow: [at('.'), at('../app/kit/lang')] },
    proxy: { '/api': process.env.KONTOR_API ?? 'http://127.0.0.1:8790' },
  },
});
