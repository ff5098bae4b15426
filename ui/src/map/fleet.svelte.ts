/**
 * The fleet as the map screen holds it: the model of the instant that is looked at, kept current by
 * the stream, with edges and trust domains beside it. States live in plain arrays; the framework
 * only hears of them by `beat`, at most four times a second.
 */

import { problemThrown, type Problem } from '../api/problem';
import { MOST_CHANGES, type Change } from '../live/protocol';
import type { OverlayName } from './bits';
import { ABSENT, isPresent } from './bits';
import { NO_EDGES, type Edges, type Rect } from './bytes';
import { Model } from './model';
import { Moments, type Shown } from './moments';
import { domainsOfAreas, type Bundle, type DomainsOfAreas } from './scene';
import { askBundles, askEdges, askLayout, askStates, askTrustDomains, type At } from './source';
import { after, type ToldTwin } from './told';

/** Time alone makes debts grow: the states are asked for anew so often. */
const ANEW_MS = 30_000;
/** After changes that cannot be applied one by one. */
const SOON_MS = 800;
const BESIDE_MS = 400;
const BUNDLES_MS = 20_000;
const RETRY_MS = 3_000;
/** Above so many nodes the outline of the graph is asked for less often. */
const LARGE = 200_000;

export class Fleet {
  model = $state.raw<Model | null>(null);
  /** Goes up when what the model holds is another. */
  beat = $state(0);
  problem = $state.raw<Problem | null>(null);
  /** True while what is wanted is not shown yet. */
  loading = $state(true);
  /** The instant of what is shown, in milliseconds. */
  shownAt = $state(0);
  edges = $state.raw<Edges>(NO_EDGES);
  edgesProblem = $state.raw<Problem | null>(null);
  bundles = $state.raw<readonly Bundle[]>([]);
  bundlesTotal = $state(0);
  domains = $state.raw<DomainsOfAreas | null>(null);
  /** The instant that is compared with, in milliseconds. */
  comparedWith = $state<number | null>(null);
  compareProblem = $state.raw<Problem | null>(null);

  readonly #moments: Moments;
  #at: At = null;
  #wished = 0;
  #overlay: OverlayName = 'connectivity';
  #anew: ReturnType<typeof setTimeout> | undefined;
  #beside: ReturnType<typeof setTimeout> | undefined;
  #besideAsked = new AbortController();
  #edgesAsked = new AbortController();
  #comparing = new AbortController();
  #besideOf = '';
  #bundlesAt = 0;
  #beatDue = false;
  /** What changed while the states were being asked for. */
  #meanwhile: Change[] = [];

  constructor() {
    this.#moments = new Moments({ layout: askLayout, states: askStates }, (shown) => this.#show(shown), (thrown) => this.#fail(thrown));
  }

  end(): void {
    this.#moments.end();
    this.#besideAsked.abort();
    this.#edgesAsked.abort();
    this.#comparing.abort();
    clearTimeout(this.#anew);
    clearTimeout(this.#beside);
  }

  /** Looks at an instant; null for now. */
  look(at: At): void {
    this.#at = at;
    this.#wished = performance.now();
    this.loading = true;
    clearTimeout(this.#anew);
    this.#moments.want(at);
  }

  colour(overlay: OverlayName): void {
    this.#overlay = overlay;
    this.model?.colour(overlay);
  }

  /** Applies what the stream told: four times a second at most, straight into the arrays. */
  told(changes: readonly Change[], count: number): void {
    const { model } = this;
    if (this.#at !== null || model === null) {
      return;
    }
    if (this.loading) {
      this.#meanwhile.push(...changes);
    }
    // More than one message may hold: what was left out is asked for as a whole.
    let known = count <= MOST_CHANGES;
    for (const change of changes) {
      known = this.#apply(model, change) && known;
    }
    if (!known) {
      this.#askSoon(SOON_MS);
    }
    if (changes.length > 0) {
      this.#beatSoon();
    }
  }

  /** Answers whether the change could be applied here. */
  #apply(model: Model, change: Change): boolean {
    const twin = change.twin as ToldTwin | undefined;
    const homes = model.lattice.ids.find(change.node_id);
    const home = homes.find((one) => isPresent(model.bits[one]!)) ?? homes[0];
    if (home === undefined || twin === undefined || change.topics.includes('graph')) {
      // New, moved, or linked otherwise: the map of the service knows where.
      return false;
    }
    model.change(home, after(model.bits[home]!, twin));
    return true;
  }

  /** The stream is back after it was lost, or told that some is missing. */
  missed(): void {
    if (this.#at === null) {
      this.#askSoon(0);
    }
  }

  #askSoon(ms: number): void {
    clearTimeout(this.#anew);
    this.#anew = setTimeout(() => this.#moments.want(this.#at), ms);
  }

  #beatSoon(): void {
    if (!this.#beatDue) {
      this.#beatDue = true;
      setTimeout(() => {
        this.#beatDue = false;
        this.beat++;
      }, 0);
    }
  }

  #show(shown: Shown): void {
    if (shown.at !== this.#at) {
      return;
    }
    let { model } = this;
    if (model === null || model.lattice.layout !== shown.layout) {
      model = new Model(shown.layout, this.#overlay);
      const compared = this.comparedWith;
      model.show(shown.states.bits, null);
      this.model = model;
      this.edges = NO_EDGES;
      if (compared !== null) {
        this.compare(compared);
      }
    } else {
      model.show(shown.states.bits);
    }
    const told = this.#meanwhile;
    this.#meanwhile = [];
    told.forEach((change) => this.#apply(model, change));
    this.problem = null;
    this.loading = false;
    this.shownAt = shown.states.stamp.at;
    this.beat++;
    if (this.#at === null) {
      this.#askSoon(ANEW_MS);
    } else {
      tellHowLong(this.#wished);
    }
    this.#askBeside();
  }

  #fail(thrown: unknown): void {
    this.problem = problemThrown(thrown);
    this.loading = false;
    const { status } = this.problem;
    if (status === 0 || status >= 500 || status === 429) {
      this.#askSoon(RETRY_MS);
    }
  }

  /** Trust domains and bundles: not with each frame of a scrub, but soon after. */
  #askBeside(): void {
    const { model } = this;
    const key = `${this.#at}/${model?.lattice.layout.stamp.revision}/${model?.lattice.size}`;
    const often = (model?.lattice.size ?? 0) > LARGE ? 6 * BUNDLES_MS : BUNDLES_MS;
    const old = this.#at === null && Date.now() - this.#bundlesAt > often;
    if (model === null || (key === this.#besideOf && !old)) {
      return;
    }
    clearTimeout(this.#beside);
    this.#beside = setTimeout(() => {
      this.#besideAsked.abort();
      this.#besideAsked = new AbortController();
      this.#besideOf = key;
      this.#bundlesAt = Date.now();
      void this.#loadBeside(model, this.#at, this.#besideAsked.signal);
    }, BESIDE_MS);
  }

  async #loadBeside(model: Model, at: At, signal: AbortSignal): Promise<void> {
    // What stands beside the map may be missing without harm; the states say what is wrong.
    const domains = await askTrustDomains(at, signal).catch(() => null);
    if (!signal.aborted && this.model === model) {
      this.domains = domains === null ? null : domainsOfAreas(model, domains);
    }
    const told = await askBundles(model.lattice, at, signal).catch(() => null);
    if (!signal.aborted && this.model === model && told !== null) {
      // What leads to where nobody is would point at an empty corner.
      this.bundles = told.bundles.filter(({ from, to }) => model.census.nodes(from) > 0 && model.census.nodes(to) > 0);
      this.bundlesTotal = told.total;
    }
  }

  /** Asks for the edges of a part of the map, or of one node; null for none. */
  link(of: Rect | { readonly node: string } | null): void {
    this.#edgesAsked.abort();
    this.#edgesAsked = new AbortController();
    const { signal } = this.#edgesAsked;
    if (of === null) {
      this.edges = NO_EDGES;
      return;
    }
    askEdges(of, this.#at, signal)
      .then((edges) => {
        if (!signal.aborted) {
          this.edges = edges;
          this.edgesProblem = null;
        }
      })
      .catch((thrown: unknown) => {
        if (!signal.aborted) {
          this.edgesProblem = problemThrown(thrown);
        }
      });
  }

  /** Compares with another instant; null ends it. */
  compare(at: number | null): void {
    this.#comparing.abort();
    this.#comparing = new AbortController();
    const { signal } = this.#comparing;
    this.comparedWith = at;
    this.compareProblem = null;
    if (at === null) {
      this.model?.compare(null);
      this.beat++;
      return;
    }
    this.#moments
      .of(at, signal)
      .then((base) => {
        const { model } = this;
        if (signal.aborted || model === null) {
          return;
        }
        if (base.states.stamp.revision !== model.lattice.layout.stamp.revision) {
          throw new Error('the map was packed anew between the two instants: slots mean other nodes');
        }
        const bits = new Uint16Array(model.bits.length).fill(ABSENT);
        bits.set(base.states.bits.subarray(0, bits.length));
        model.compare(bits);
        this.beat++;
      })
      .catch((thrown: unknown) => {
        if (!signal.aborted) {
          this.compareProblem = problemThrown(thrown);
        }
      });
  }
}

/** Tells whoever measures how long an instant took from the wish to the frame that shows it. */
function tellHowLong(since: number): void {
  const name = 'map: an instant';
  requestAnimationFrame(() =>
    setTimeout(() => {
      performance.measure(name, { start: since });
      performance.clearMeasures(name);
    }),
  );
}
