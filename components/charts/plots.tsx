/** The part of the charts that is loaded after the page: everything that needs the drawing library. */
export { BudgetPlot } from "#components/charts/budget-plot.tsx";
export { BurnPlot } from "#components/charts/burn-plot.tsx";
export { EventsPlot } from "#components/charts/events-plot.tsx";
export { SliPlot } from "#components/charts/sli-plot.tsx";
