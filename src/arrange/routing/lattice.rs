//! Where the lines of the search cross, as flat lists: the neighbours of every crossing, and how
//! many routes run along the pieces between them.

use super::lines::{Line, Port, Seen};
use super::tiles::{Ground, turned, whole};
use super::{Link, Point, Rect};

/// No crossing.
pub(super) const NONE: u32 = u32::MAX;
/// Vertical lines are looked up by bands of this height.
const BAND: i32 = 256;

/// Where two lines cross, or one meets a card. Directions are: right, down, left, up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crossing {
    pub(super) point: Point,
    /// The next crossing in each direction.
    pub(super) next: [u32; 4],
    /// How many routes run along the piece to the next crossing.
    pub(super) used: [u16; 4],
}

impl Crossing {
    /// How many routes run across, seen from someone who passes in this heading.
    pub(super) fn used_across(&self, heading: usize) -> u16 {
        self.used[(heading + 1) % 4].min(self.used[(heading + 3) % 4])
    }
}

/// The crossings of all lines in a region.
#[derive(Debug, Default)]
pub(super) struct Lattice {
    pub(super) crossings: Vec<Crossing>,
    /// The port of each card for each heading.
    pub(super) ports: Vec<[u32; 4]>,
    /// How many routes use each port.
    pub(super) used_ports: Vec<[u16; 4]>,
    /// The horizontal and the vertical lines, each with its crossings.
    lines: [Vec<(Line, Vec<u32>)>; 2],
}

impl Lattice {
    /// The lattice of the cards that meet a region. Lines nearer to each other than `apart` are one.
    pub(super) fn of(ground: &Ground, region: &Rect, apart: i32) -> Self {
        let mut chosen: Vec<usize> = {
            let near = ground.upright.near(region).filter(|(card, _)| card.grown(1).overlaps(region));
            near.map(|(_, card)| *card).collect()
        };
        chosen.sort_unstable();
        chosen.dedup();
        let (along, across) = (&ground.upright, &ground.turned);
        let rows = Seen { cards: &ground.cards, along, across, region: *region };
        let columns =
            Seen { cards: &ground.turned_cards, along: across, across: along, region: turned(region) };
        let (rows, row_ports) = rows.lines(&chosen, apart);
        let (columns, column_ports) = columns.lines(&chosen, apart);
        let count = ground.cards.len();
        let mut lattice =
            Self { ports: vec![[NONE; 4]; count], used_ports: vec![[0; 4]; count], ..Self::default() };
        lattice.cross(rows, columns, &row_ports, region);
        lattice.add_upright_ports(&column_ports);
        lattice.link();
        lattice
    }

    pub(super) fn at(&self, crossing: u32) -> Point {
        self.crossings[crossing as usize].point
    }

    fn add_point(&mut self, point: Point) -> u32 {
        self.crossings.push(Crossing { point, next: [NONE; 4], used: [0; 4] });
        u32::try_from(self.crossings.len() - 1).unwrap_or(NONE)
    }

    /// Finds all crossings, row by row.
    fn cross(&mut self, rows: Vec<Line>, columns: Vec<Line>, ports: &[Port], region: &Rect) {
        let band_of = |y: i32| whole((y - region.y) / BAND);
        let mut bands: Vec<Vec<u32>> = vec![Vec::new(); band_of(region.bottom()) + 1];
        for (index, column) in (0..).zip(&columns) {
            bands[band_of(column.low)..=band_of(column.high)].iter_mut().for_each(|band| band.push(index));
        }
        let mut crossed: Vec<Vec<u32>> = vec![Vec::new(); columns.len()];
        for row in rows {
            let mut on_row = Vec::new();
            let band = &bands[band_of(row.at)];
            let first = band.partition_point(|column| columns[*column as usize].at < row.low);
            for index in &band[first..] {
                let column = &columns[*index as usize];
                if column.at > row.high {
                    break;
                }
                if column.low <= row.at && row.at <= column.high {
                    let crossing = self.add_point(Point::new(column.at, row.at));
                    crossed[*index as usize].push(crossing);
                    on_row.push(crossing);
                }
            }
            let first = ports.partition_point(|port| (port.at, port.end) < (row.at, row.low));
            let on_line = ports[first..].iter().take_while(|port| port.at == row.at && port.end <= row.high);
            for port in on_line {
                self.add_port(port, Point::new(port.end, row.at), 0, &mut on_row);
            }
            self.lines[0].push((row, on_row));
        }
        self.lines[1] = columns.into_iter().zip(crossed).collect();
    }

    fn add_upright_ports(&mut self, ports: &[Port]) {
        let mut lines = std::mem::take(&mut self.lines[1]);
        for port in ports {
            let line = lines.partition_point(|(line, _)| (line.at, line.low) <= (port.at, port.end));
            if let Some((_, on_line)) = line.checked_sub(1).and_then(|line| lines.get_mut(line)) {
                self.add_port(port, Point::new(port.at, port.end), 1, on_line);
            }
        }
        self.lines[1] = lines;
    }

    /// Adds a port to the crossings of its line, unless one lies there already.
    fn add_port(&mut self, port: &Port, point: Point, heading: usize, on_line: &mut Vec<u32>) {
        let order = |crossing: &u32| self.at(*crossing) < point;
        // Crossings of a line are in order, because one of the coordinates is the same for all.
        let place = on_line.partition_point(order);
        let known = on_line.get(place).filter(|crossing| self.at(**crossing) == point);
        let crossing = known.copied().unwrap_or_else(|| {
            let crossing = self.add_point(point);
            on_line.insert(place, crossing);
            crossing
        });
        self.ports[port.card][heading + if port.goes_up { 0 } else { 2 }] = crossing;
    }

    fn link(&mut self) {
        for (heading, lines) in self.lines.iter().enumerate() {
            for pair in lines.iter().flat_map(|(_, crossings)| crossings.windows(2)) {
                self.crossings[pair[0] as usize].next[heading] = pair[1];
                self.crossings[pair[1] as usize].next[heading + 2] = pair[0];
            }
        }
    }

    /// Remembers that the route of a link runs along these points. Where no line is, only its
    /// ends are remembered.
    pub(super) fn mark_used(&mut self, points: &[Point], link: &Link) {
        self.count(points, link, 1);
    }

    /// Forgets it.
    pub(super) fn unmark_used(&mut self, points: &[Point], link: &Link) {
        self.count(points, link, -1);
    }

    fn count(&mut self, points: &[Point], link: &Link, by: i16) {
        let add = |count: &mut u16| *count = count.saturating_add_signed(by);
        if let ([start, second, ..], [.., before, end]) = (points, points) {
            add(&mut self.used_ports[link.from][heading(*start, *second)]);
            add(&mut self.used_ports[link.to][heading(*end, *before)]);
        }
        for piece in points.windows(2) {
            let heading = usize::from(piece[0].x == piece[1].x);
            let along = |point: &Point| if heading == 0 { (point.y, point.x) } else { (point.x, point.y) };
            let (start, end) =
                (along(&piece[0]).min(along(&piece[1])), along(&piece[0]).max(along(&piece[1])));
            let lines = &self.lines[heading];
            let after = lines.partition_point(|(line, _)| (line.at, line.low) <= start);
            let own = after.checked_sub(1).map(|own| &lines[own]).filter(|(own, _)| own.at == start.0);
            let Some((_, crossings)) = own else { continue };
            let known = &mut self.crossings;
            let first = crossings.partition_point(|crossing| along(&known[*crossing as usize].point) < start);
            for pair in crossings[first..].windows(2) {
                if along(&known[pair[1] as usize].point) > end {
                    break;
                }
                add(&mut known[pair[0] as usize].used[heading]);
                add(&mut known[pair[1] as usize].used[heading + 2]);
            }
        }
    }
}

/// The direction from one point to another.
const fn heading(from: Point, to: Point) -> usize {
    if from.y == to.y {
        if from.x < to.x { 0 } else { 2 }
    } else if from.y < to.y {
        1
    } else {
        3
    }
}
