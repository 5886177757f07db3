// "Use where I am": fills in the square kilometre, and no more exactly, because what is looked for stands in an address.
// The page works without this. The browser gives latitude and longitude (WGS84); squares are of the national grid (OSGB36).

const LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ";
const radians = (degrees) => (degrees * Math.PI) / 180;

// From one ellipsoid to the other, by the Ordnance Survey's seven numbers: right to some metres, which is enough.
function onTheGridsEllipsoid(latitude, longitude) {
  const a = 6378137, e2 = 0.00669437999014;
  const v = a / Math.sqrt(1 - e2 * Math.sin(latitude) ** 2);
  const x = v * Math.cos(latitude) * Math.cos(longitude);
  const y = v * Math.cos(latitude) * Math.sin(longitude);
  const z = (1 - e2) * v * Math.sin(latitude);
  const scale = 1 + 20.4894e-6, second = radians(1 / 3600);
  const rx = -0.1502 * second, ry = -0.247 * second, rz = -0.8421 * second;
  const x2 = -446.448 + x * scale - y * rz + z * ry;
  const y2 = 125.157 + x * rz + y * scale - z * rx;
  const z2 = -542.06 - x * ry + y * rx + z * scale;
  const b2 = 0.006670540000123;
  const p = Math.hypot(x2, y2);
  let found = Math.atan2(z2, p * (1 - b2));
  for (let times = 0; times < 6; times++) {
    const w = 6377563.396 / Math.sqrt(1 - b2 * Math.sin(found) ** 2);
    found = Math.atan2(z2 + b2 * w * Math.sin(found), p);
  }
  return [found, Math.atan2(y2, x2)];
}

// The Ordnance Survey's transverse Mercator projection, to metres east and north.
function projected(latitude, longitude) {
  const a = 6377563.396, b = 6356256.909, f0 = 0.9996012717, lat0 = radians(49), lon0 = radians(-2);
  const e2 = 1 - (b * b) / (a * a), n = (a - b) / (a + b);
  const sin = Math.sin(latitude), cos = Math.cos(latitude), tan2 = Math.tan(latitude) ** 2;
  const v = (a * f0) / Math.sqrt(1 - e2 * sin * sin);
  const r = (a * f0 * (1 - e2)) / (1 - e2 * sin * sin) ** 1.5;
  const h2 = v / r - 1, less = latitude - lat0, more = latitude + lat0, d = longitude - lon0;
  const arc = b * f0 * ((1 + n + 1.25 * n ** 2 + 1.25 * n ** 3) * less
    - (3 * n + 3 * n ** 2 + 2.625 * n ** 3) * Math.sin(less) * Math.cos(more)
    + (1.875 * n ** 2 + 1.875 * n ** 3) * Math.sin(2 * less) * Math.cos(2 * more)
    - (35 / 24) * n ** 3 * Math.sin(3 * less) * Math.cos(3 * more));
  const north = arc - 100000 + (v / 2) * sin * cos * d ** 2
    + (v / 24) * sin * cos ** 3 * (5 - tan2 + 9 * h2) * d ** 4
    + (v / 720) * sin * cos ** 5 * (61 - 58 * tan2 + tan2 ** 2) * d ** 6;
  const east = 400000 + v * cos * d + (v / 6) * cos ** 3 * (v / r - tan2) * d ** 3
    + (v / 120) * cos ** 5 * (5 - 18 * tan2 + tan2 ** 2 + 14 * h2 - 58 * tan2 * h2) * d ** 5;
  return [Math.floor(east), Math.floor(north)];
}

function squareOf(latitude, longitude) {
  const [east, north] = projected(...onTheGridsEllipsoid(radians(latitude), radians(longitude)));
  const across = Math.floor(east / 100000), up = Math.floor(north / 100000);
  if (!(across >= 0 && across < 7 && up >= 0 && up < 13)) return null;
  const row = 19 - up;
  const letters = LETTERS[row - (row % 5) + Math.floor((across + 10) / 5)] + LETTERS[((row * 5) % 25) + (across % 5)];
  const two = (metres) => String(Math.floor(metres / 1000) % 100).padStart(2, "0");
  return letters + two(east) + two(north);
}

const part = document.querySelector("[data-near-me]");
if (part && "geolocation" in navigator && window.isSecureContext) {
  const [button, said] = [part.querySelector("button"), part.querySelector("[role=status]")];
  const form = part.closest("form");
  const sorry = () => { said.textContent = "We could not find where you are. Type a postcode, town or village."; };
  const found = ({ coords }) => {
    const square = squareOf(coords.latitude, coords.longitude);
    if (square === null) return sorry();
    form.elements.where.value = square;
    form.requestSubmit();
  };
  part.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = "Looking for where you are…";
    navigator.geolocation.getCurrentPosition(found, sorry, { timeout: 10000, maximumAge: 600000 });
  });
}
