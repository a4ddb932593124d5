import type { Language } from './languages.ts';

/** How amounts, times and lists are written in a language. */
export interface Amounts {
  /** Bytes in powers of 1024: `1.5 GiB`. */
  bytes(bytes: number): string;
  /** 100 is `100%`. */
  percent(percent: number): string;
  number(value: number): string;
  /** A number as a person types it, with its fraction: `7.5`. */
  decimal(value: number): string;
  /** Unix time in milliseconds as a clock time: `12:03:10`. */
  clock(at: number): string;
  /** The same without seconds: `12:03`. */
  time(at: number): string;
  dateTime(at: number): string;
  /** The clock time where it was today, else the date with it. */
  moment(at: number): string;
  /** A length of time, two units at most: `2 d 3 h`, `12 s`. */
  duration(milliseconds: number): string;
  /** How long ago: `12s ago`. */
  ago(milliseconds: number): string;
  list(items: readonly string[]): string;
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
const noBreak = '\u00a0';

/** Regions decide between 24 and 12 hours: the desktop's own locale is taken where it speaks the language. */
function localeOf(language: Language): string {
  return navigator.languages.find((locale) => locale.startsWith(language)) ?? language;
}

export function makeAmounts(language: Language): Amounts {
  const locale = localeOf(language);
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const decimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 20, useGrouping: false });
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const smallPercents = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const ago = new Intl.RelativeTimeFormat(locale, { style: 'narrow' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const units = (['day', 'hour', 'minute', 'second'] as const).map((unit) => ({
    format: new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }),
    ms: { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 }[unit],
  }));
  return {
    bytes(bytes) {
      let value = Math.max(0, bytes);
      let unit = 0;
      while (value >= 1000 && unit < byteUnits.length - 1) {
        value /= 1024;
        unit += 1;
      }
      const number = unit > 0 && value < 10 ? tenth : whole;
      return `${number.format(value)}${noBreak}${byteUnits[unit]}`;
    },
    percent: (percent) => (percent < 9.95 ? smallPercents : percents).format(percent / 100),
    number: (value) => whole.format(value),
    decimal: (value) => decimals.format(value),
    clock: (at) => clock.format(at),
    time: (at) => time.format(at),
    dateTime: (at) => dateTime.format(at),
    moment: (at) => (isToday(at) ? clock : dateTime).format(at),
    duration(milliseconds) {
      const total = Math.max(0, milliseconds);
      const first = Math.max(
        0,
        units.findIndex(({ ms }) => total >= ms),
      );
      const big = total < 1000 ? units.at(-1) : units[first];
      if (!big) return '';
      const small = units[units.indexOf(big) + 1];
      const rest = small ? Math.floor((total % big.ms) / small.ms) : 0;
      const head = big.format.format(Math.floor(total / big.ms));
      return small && rest > 0 ? `${head}${noBreak}${small.format.format(rest)}` : head;
    },
    ago(milliseconds) {
      const seconds = Math.max(0, Math.round(milliseconds / 1000));
      if (seconds < 60) return ago.format(-seconds, 'second');
      if (seconds < 3600) return ago.format(-Math.floor(seconds / 60), 'minute');
      if (seconds < 86_400) return ago.format(-Math.floor(seconds / 3600), 'hour');
      return ago.format(-Math.floor(seconds / 86_400), 'day');
    },
    list: (items) => lists.format(items),
  };
}

function isToday(at: number): boolean {
  return new Date(at).toDateString() === new Date().toDateString();
}
