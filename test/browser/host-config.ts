export const THEMES = ["light", "dark"] as const;

export type Theme = (typeof THEMES)[number];

interface Colours {
  readonly page: string;
  readonly card: string;
  readonly emphasis: string;
  readonly warning: string;
  readonly border: string;
  readonly button: string;
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly attention: string;
}

/** Colours of Fluent 2, which Teams is drawn with (fluent2.microsoft.design/color-tokens). */
export const PAGE_COLOURS: Readonly<Record<Theme, Colours>> = {
  light: {
    page: "#f5f5f5",
    card: "#ffffff",
    emphasis: "#f0f0f0",
    warning: "#fff9f5",
    border: "#d1d1d1",
    button: "#ffffff",
    text: "#242424",
    subtle: "#616161",
    accent: "#5b5fc7",
    attention: "#bc2f32",
  },
  dark: {
    page: "#1f1f1f",
    card: "#292929",
    emphasis: "#1f1f1f",
    warning: "#4a1e04",
    border: "#666666",
    button: "#292929",
    text: "#ffffff",
    subtle: "#adadad",
    accent: "#9299f7",
    attention: "#e37d80",
  },
};

/** Where Segoe UI is missing, a font of about its width stands for it. */
export const FONT = '"Segoe UI", Helvetica, sans-serif';

/** A host configuration as Teams', for Microsoft's renderer. */
export function hostConfig(theme: Theme): object {
  const { card, emphasis, warning, border, text, subtle, accent, attention } = PAGE_COLOURS[theme];
  const foregroundColors = {
    default: { default: text, subtle },
    accent: { default: accent, subtle: accent },
    attention: { default: attention, subtle: attention },
  };
  return {
    fontFamily: FONT,
    fontTypes: { default: { fontFamily: FONT }, monospace: { fontFamily: "monospace" } },
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: border },
    supportsInteractivity: true,
    actions: { maxActions: 6, buttonSpacing: 8, actionAlignment: "left", actionsOrientation: "horizontal" },
    factSet: {
      title: { weight: "bolder", wrap: true, maxWidth: 150 },
      value: { wrap: true },
      spacing: 16,
    },
    textBlock: { headingLevel: 2 },
    textStyles: { heading: { size: "large", weight: "bolder" } },
    containerStyles: {
      default: { backgroundColor: card, foregroundColors },
      emphasis: { backgroundColor: emphasis, foregroundColors },
      warning: { backgroundColor: warning, foregroundColors },
    },
  };
}
