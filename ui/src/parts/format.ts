/** Numbers, instants and durations as people read them. Instants are UTC, as everywhere in the service. */

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const ONE_PLACE = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** `12,345`; a dash for what is not known. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : WHOLE.format(value);
}

/** `12.3K`. */
export function compact(value: number): string {
  return COMPACT.format(value);
}

/** `15.6`. */
export function decimal(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : ONE_PLACE.format(value);
}

/** `+12`, `−3`, `±0`: how a count changed. */
export function change(value: number): string {
  return value === 0 ? '±0' : value > 0 ? `+${WHOLE.format(value)}` : `−${WHOLE.format(-value)}`;
}

/** A share of a whole: `0 %`, `<1 %`, `96 %`, `>99 %`; never 0 or 100 where it is not. */
export function percent(part: number, whole: number): string {
  if (whole === 0) {
    return '–';
  }
  const share = (100 * part) / whole;
  if (part > 0 && share < 1) {
    return '<1 %';
  }
  return part < whole && share > 99 ? '>99 %' : `${Math.round(share)} %`;
}

/** `a -> b` with an arrow, kept to what it leads to where the line breaks. */
export function arrowed(text: string): string {
  return text.replaceAll(' -> ', ' →\u00a0');
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** Seconds in their two largest units: `3d 4h`, `6h 34m`, `12m`, `45s`. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) {
    return '–';
  }
  let rest = Math.max(0, Math.floor(seconds));
  const first = UNITS.findIndex(([, size]) => rest >= size);
  if (first < 0) {
    return '0s';
  }
  const shown = first === 2 && rest >= 600 ? 1 : 2;
  const parts: string[] = [];
  for (const [unit, size] of UNITS.slice(first, first + shown)) {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    if (whole > 0) {
      parts.push(`${whole}${unit}`);
    }
  }
  return parts.join(' ');
}

/** How long it is from one instant to another, both RFC 3339 or milliseconds. */
export function elapsed(from: string | number | null | undefined, to: number): string {
  return from === null || from === undefined ? '–' : duration((to - millis(from)) / 1_000);
}

/** The milliseconds of an instant. */
export function millis(instant: string | number): number {
  return typeof instant === 'number' ? instant : Date.parse(instant);
}

/** `2026-02-27 03:45:00`, in UTC. */
export function instant(value: string | number | null | undefined): string {
  if (value === null || value === undefined) {
    return '–';
  }
  return new Date(millis(value)).toISOString().slice(0, 19).replace('T', ' ');
}

/** `03:45:00`, in UTC. */
export function clock(value: string | number): string {
  return new Date(millis(value)).toISOString().slice(11, 19);
}

/** The word for so many: `1 node`, `1,200 nodes`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A value of free JSON on one line. */
export function json(value: unknown): string {
  return value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** A value of a filter, in quotes where it needs them. */
export function quoted(value: string): string {
  return /^[^\s"'();,=!~<>]+$/.test(value) ? value : `"${value.replace(/(["\\])/g, '\\$1')}"`;
}
