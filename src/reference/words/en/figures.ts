import type { DateWords, FigureWords } from "../words.ts";

const NO_BREAK_SPACE = "\u00a0";

export const DATES: DateWords = {
  months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  weekdaysShort: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  onWeekday: (weekday, day) => `${weekday} ${day}`,
  day: (day, month) => `${day} ${month}`,
  dayOfYear: (day, month, year) => `${day} ${month} ${year}`,
  today: "today",
  yesterday: "yesterday",
  tomorrow: "tomorrow",
  moment: (day, time) => `${day} ${time}`,
  range: (from, to) => `${from} – ${to}`,
  zoned: (moment, zone) => `${moment} (${zone})`,
  minutes: (count) => (count === 0 ? "less than a minute" : count === 1 ? "1 minute" : `${count} minutes`),
  hours: (count) => (count === 1 ? "1 hour" : `${count} hours`),
  days: (count) => (count === 1 ? "1 day" : `${count} days`),
};

export const FIGURES: FigureWords = {
  percent: (figure) => `${figure}${NO_BREAK_SPACE}%`,
  almost: (percent) => `>${percent}`,
  hardly: (percent) => `<${percent}`,
  fewerThan: (figure) => `fewer than ${figure}`,
  none: "–",
};
