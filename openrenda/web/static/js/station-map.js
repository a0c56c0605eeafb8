// The map of stations: points on one canvas, so that thousands are painted at once, and the lines of the congress's own boundaries.
"use strict";
(() => {
  const box = document.getElementById("station-map");
  const words = document.getElementById("station-map-words");
  if (!box || typeof L === "undefined") return;
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--ink-soft").trim();
  const red = style.getPropertyValue("--red").trim();

  const map = L.map(box, { preferCanvas: true, attributionControl: Boolean(box.dataset.tiles), zoomSnap: box.dataset.tiles ? 1 : 0.25 });
  if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { maxZoom: 18 }).addTo(map);

  async function read(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(url);
    return answer.json();
  }

  // Text goes in as text: nothing of the register is read as markup.
  function card(station) {
    const page = document.createElement("div");
    const link = document.createElement("a");
    link.href = `${box.dataset.station}${station.code}/`;
    link.textContent = station.name;
    page.append(link);
    for (const line of [station.kind, station.address]) {
      if (!line) continue;
      const row = document.createElement("div");
      row.textContent = line;
      page.append(row);
    }
    return page;
  }

  async function draw() {
    const [lines, stations] = await Promise.all([read(box.dataset.boundaries), read(box.dataset.points)]);
    L.geoJSON(lines, { interactive: false, style: { color: ink, weight: 1, fill: false } }).addTo(map);
    if (!stations.features.length) { words.textContent = box.dataset.nothing; map.setView([0, 0], 1); return; }
    const points = L.geoJSON(stations, {
      pointToLayer: (feature, where) => L.circleMarker(where, { radius: 6, color: "#fff", weight: 1, fillColor: red, fillOpacity: 0.9 }),
    });
    map.fitBounds(points.getBounds(), { padding: [20, 20], maxZoom: 15 });
    points.bindPopup((layer) => card(layer.feature.properties)).addTo(map);
    box.dataset.painted = String(stations.features.length);
  }

  draw().catch(() => { words.textContent = box.dataset.failed; });
})();
