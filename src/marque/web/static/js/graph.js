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

  const narrow = () => place.clientWidth < 600;

  const style = (size) => [
    {
      selector: "node",
      style: {
        label: "data(label)", "font-family": "Noto Sans, Noto Sans KR, sans-serif", "font-size": size, color: colour("--text"),
        "text-valign": "bottom", "text-margin-y": 6, "text-background-color": colour("--surface"), "text-background-opacity": 0.9,
        "text-background-padding": 2, width: "data(width)", height: "data(width)", "background-color": colour("--accent"),
        "border-width": 2, "border-color": colour("--accent"),
      },
    },
    { selector: "node[?halo]", style: { "background-color": colour("--surface") } },
    {
      selector: "node[?outside]",
      style: { "background-color": colour("--surface"), "border-color": colour("--control"), "border-style": "dashed", color: colour("--muted") },
    },
    {
      selector: "node.value",
      style: { "background-color": colour("--sunken"), "border-color": colour("--edge-probable"), shape: "data(shape)", "font-size": size - 1, color: colour("--muted") },
    },
    { selector: "edge", style: { "curve-style": "straight", opacity: 0.7, width: "data(width)", "line-color": colour("--edge-probable") } },
    { selector: "edge[width = 3]", style: { "line-color": colour("--edge-strong") } },
    { selector: "edge[?dashed]", style: { opacity: 1, "line-style": "dashed", "line-color": colour("--edge-weak") } },
    { selector: "edge.value", style: { width: 1, "line-style": "dotted", "line-color": colour("--edge-weak") } },
    {
      selector: "edge.declined",
      style: {
        opacity: 1, width: 1, "line-style": "dotted", "line-color": colour("--danger"), label: "\u2715", color: colour("--danger"), "font-size": size + 6,
        "text-background-color": colour("--surface"), "text-background-opacity": 1, "text-background-padding": 1,
      },
    },
    { selector: "edge.spare", style: { display: "none" } },
    { selector: "edge.spare.all, edge.spare.near", style: { display: "element", opacity: 0.45 } },
    { selector: "node:selected", style: { "border-color": colour("--attention"), "border-width": 4, "border-style": "solid" } },
    { selector: "edge:selected", style: { opacity: 1, "line-color": colour("--accent") } },
    { selector: ".aside, .folded", style: { display: "none" } },
  ];

  // On a narrow screen the picture stands upright: left to right becomes top to bottom.
  const spot = (item) => (narrow() ? { x: item.y, y: item.x } : { x: item.x, y: item.y });

  const elements = (data) => [
    ...data.nodes.map((node) => ({
      data: { id: node.id, name: node.label, label: node.label, halo: node.halo, outside: node.outside, service: node.service, width: radius[node.size] },
      position: spot(node), classes: node.outside ? "site declined" : "site",
    })),
    ...data.edges.map((edge) => ({
      data: { source: edge.a, target: edge.b, width: edge.width, dashed: edge.dashed }, classes: edge.holds ? "link" : "link spare",
    })),
    ...data.declined.map((row) => ({ data: { source: row.a, target: row.b, width: 1, dashed: true }, classes: "declined" })),
    ...data.values.flatMap((item, number) => [
      {
        data: { id: `v:${number}`, label: item.label, shape: item.shape, width: 16, kind: item.kind, value: item.value },
        position: spot(item), classes: "value aside",
      },
      ...item.here.map((site) => ({ data: { source: site, target: `v:${number}` }, classes: "value aside" })),
    ]),
  ];

  const address = (element) => {
    const data = element.data();
    if (element.isNode() && element.hasClass("value")) return `/signals?${new URLSearchParams({ kind: data.kind, value: data.value })}`;
    if (element.isNode()) return `/sites/${encodeURIComponent(data.id).replaceAll("%2F", "/")}`;
    if (element.hasClass("value")) return null;
    return `/links?${new URLSearchParams({ a: data.from || data.source, b: data.to || data.target })}`;
  };

  const rows = () => Array.from(document.querySelectorAll("tr[data-name]"));
  const part = (name) => document.getElementById(`graph-${name}`);

  // Names stay readable however small the picture is drawn.
  const readable = (graph) => graph.style(style(Math.min(Math.max(12, 10.5 / graph.zoom()), 30)));

  const choosing = (graph, fold) => {
    const tell = () => {
      const chosen = graph.nodes(".site:selected");
      const names = new Set(chosen.map((node) => node.id()));
      rows().forEach((row) => row.classList.toggle("here", names.has(row.dataset.name)));
      said.textContent = names.size ? place.dataset.chosen.replace("#", names.size) : place.dataset.hint;
      graph.edges(".near").removeClass("near");
      chosen.connectedEdges(".spare").addClass("near");
      part("fold").disabled = !names.size;
      part("unfold").disabled = !chosen.some((node) => fold.holds(node.id()));
      part("unfold-all").disabled = !fold.any();
    };
    graph.on("select unselect", "node", tell);
    graph.on("onetap", "edge, node", (event) => {
      const wanted = address(event.target);
      if (wanted) marqueDrawer.open(wanted, place);
    });
    graph.on("dbltap", "node.site", (event) => {
      const id = event.target.id();
      if (fold.holds(id)) fold.unfold(id);
      else fold.fold(id);
      tell();
    });
    rows().forEach((row) =>
      row.addEventListener("focus", () => {
        graph.nodes().unselect();
        graph.getElementById(row.dataset.name).select();
      }),
    );
    return tell;
  };

  const tools = (graph, fold, tell, data) => {
    const each = (act) => () => {
      graph.nodes(".site:selected").forEach((node) => act(node.id()));
      tell();
    };
    const whole = (act) => () => {
      act();
      tell();
    };
    const shown = () => {
      const spare = graph.edges(".link.spare").length;
      const drawn = part("all").checked ? data.edges.length : data.edges.length - spare;
      part("count").textContent = place.dataset.count.replace("#", drawn).replace("%", data.edges.length);
    };
    part("fold").addEventListener("click", each(fold.fold));
    part("unfold").addEventListener("click", each(fold.unfold));
    part("services").addEventListener("click", whole(fold.services));
    part("unfold-all").addEventListener("click", whole(fold.open));
    part("values").addEventListener("change", (event) => graph.$(".value").toggleClass("aside", !event.target.checked));
    part("declined").addEventListener("change", (event) => graph.$(".declined").toggleClass("aside", !event.target.checked));
    part("all").addEventListener("change", (event) => {
      graph.edges(".spare").toggleClass("all", event.target.checked);
      shown();
    });
    part("fit").addEventListener("click", () => graph.fit(undefined, 48));
    part("all").closest("label").hidden = !graph.edges(".spare").length;
    part("declined").closest("label").hidden = !data.declined.length;
    shown();
  };

  const draw = (data) => {
    const graph = cytoscape({
      container: place, elements: elements(data), style: style(12), layout: { name: "preset", fit: true, padding: narrow() ? 32 : 48 },
      boxSelectionEnabled: true, selectionType: "additive", minZoom: 0.2, maxZoom: 3, autoungrabify: true,
    });
    place.graph = graph;
    const fold = marqueFold(graph);
    const tell = choosing(graph, fold);
    tools(graph, fold, tell, data);
    readable(graph);
    graph.on("zoom", () => readable(graph));
    // Beside the drawer there is less room; the whole picture stays in sight.
    new ResizeObserver(() => graph.resize().fit(undefined, narrow() ? 32 : 48)).observe(place);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => readable(graph));
    tell();
  };

  document.fonts.ready
    .then(() => fetch(place.dataset.nodes))
    .then((answer) => answer.json())
    .then(draw);
})();
