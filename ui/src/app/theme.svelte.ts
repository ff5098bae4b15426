/** Dark or light: what the system says, unless somebody chose. The choice is remembered here only. */

import type { Theme } from '../parts/encodings';

const KEY = 'twin.theme';
export type Choice = 'system' | Theme;

function remembered(): Choice {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'dark' || value === 'light' ? value : 'system';
  } catch {
    return 'system';
  }
}

class Themes {
  choice = $state<Choice>('system');
  #dark = $state(false);

  /** What is shown. */
  theme: Theme = $derived(this.choice === 'system' ? (this.#dark ? 'dark' : 'light') : this.choice);

  /** Takes up what was chosen before, and follows the system. */
  begin(): void {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    this.#dark = dark.matches;
    dark.addEventListener('change', () => (this.#dark = dark.matches));
    this.choose(remembered());
  }

  choose(choice: Choice): void {
    this.choice = choice;
    if (choice === 'system') {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = choice;
    }
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // a browser that keeps nothing shows what was chosen until the page is left
    }
  }

  /** The other one. */
  toggle(): void {
    this.choose(this.theme === 'dark' ? 'light' : 'dark');
  }
}

export const themes = new Themes();
