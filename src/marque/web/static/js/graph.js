/* The picture of a network. Places come from the server; choosing sites here chooses them in the table, and back. */
(() => {
  "use strict";
  const place = document.getElementById("graph");
  const said = document.getElementById("graph-chosen");
  if (!place) return;
  // Cytoscape would add a style element for one rule that our style sheet has already; the policy forbids it anyway.
  const rule = document.createElement("meta");
  rule.id = "__________cytoscape_stylesheet";
  document.head.append(rule);

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const radius = { 1: 18, 2: 26, 3: 34 };

  const style = () => [
    {
      selector: "node",
      style: {
        label: "data(label)", "font-family": "Noto Sans, Noto Sans KR, sans-serif", "font-size": 12, color: colour("--text"),
        "text-valign": "bottom", "text-margin-y": 6, "text-background-color": colour("--surface"), "text-background-opacity": 0.9,
        "text-background-padding": 2, width: "data(width)", height: "data(width)", "background-color": colour("--accent"),
        "border-width": 2, "border-color": colour("--accent"),
      },
    },
    { selector: "node[?halo]", style: { "background-color": colour("--surface") } },
    {
      selector: "node.value",
      style: { "background-color": colour("--sunken"), "border-color": colour("--edge-probable"), shape: "data(shape)", "font-size": 11, color: colour("--muted") },
    },
    { selector: "edge", style: { "curve-style": "straight", opacity: 0.55, width: "data(width)", "line-color": colour("--edge-probable") } },
    { selector: "edge[width = 3]", style: { "line-color": colour("--edge-strong") } },
    { selector: "edge[?dashed]", style: { opacity: 1, "line-style": "dashed", "line-color": colour("--edge-weak") } },
    { selector: "edge.value", style: { width: 1, "line-style": "dotted", "line-color": colour("--edge-weak") } },
    { selector: "node:selected", style: { "border-color": colour("--attention"), "border-width": 4 } },
    { selector: "edge:selected", style: { opacity: 1, "line-color": colour("--accent") } },
    { selector: ".aside", style: { display: "none" } },
  ];

  const elements = (data) => [
    ...data.nodes.map((node) => ({
      data: { id: node.id, label: node.label, halo: node.halo, width: radius[node.size] }, position: { x: node.x, y: node.y },
    })),
    ...data.edges.map((edge) => ({ data: { source: edge.a, target: edge.b, width: edge.width, dashed: edge.dashed } })),
    ...data.values.flatMap((item, number) => [
      {
        data: { id: `v:${number}`, label: item.value, shape: item.shape, width: 16, kind: item.kind, value: item.value },
        position: { x: item.x, y: item.y }, classes: "value aside",
      },
      ...item.here.map((site) => ({ data: { source: site, target: `v:${number}` }, classes: "value aside" })),
    ]),
  ];

  const address = (element) => {
    const data = element.data();
    if (element.isNode() && element.hasClass("value")) return `/signals?${new URLSearchParams({ kind: data.kind, value: data.value })}`;
    if (element.isNode()) return `/sites/${encodeURIComponent(data.id).replaceAll("%2F", "/")}`;
    if (element.hasClass("value")) return null;
    return `/links?${new URLSearchParams({ a: data.source, b: data.target })}`;
  };

  const rows = () => Array.from(document.querySelectorAll("tr[data-name]"));

  const draw = (data) => {
    const graph = cytoscape({
      container: place, elements: elements(data), style: style(), layout: { name: "preset", fit: true, padding: 48 },
      boxSelectionEnabled: true, selectionType: "additive", minZoom: 0.2, maxZoom: 3, autoungrabify: true,
    });
    place.graph = graph;
    const tell = () => {
      const chosen = new Set(graph.nodes(":selected").map((node) => node.id()));
      rows().forEach((row) => row.classList.toggle("here", chosen.has(row.dataset.name)));
      said.textContent = chosen.size ? place.dataset.chosen.replace("#", chosen.size) : place.dataset.hint;
    };
    graph.on("select unselect", "node", tell);
    graph.on("tap", "edge, node", (event) => {
      const wanted = address(event.target);
      if (wanted) marqueDrawer.open(wanted, place);
    });
    rows().forEach((row) =>
      row.addEventListener("focus", () => {
        graph.nodes().unselect();
        graph.getElementById(row.dataset.name).select();
      }),
    );
    document.getElementById("graph-values").addEventListener("change", (event) => graph.$(".value").toggleClass("aside", !event.target.checked));
    document.getElementById("graph-fit").addEventListener("click", () => graph.animate({ fit: { padding: 48 }, duration: 0 }));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(style()));
    tell();
  };

  document.fonts.ready
    .then(() => fetch(place.dataset.nodes))
    .then((answer) => answer.json())
    .then(draw);
})();
