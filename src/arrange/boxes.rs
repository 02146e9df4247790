//! Where boxes of cards stand: in columns from left to right, linked ones near each other, the whole
//! about as wide as the page. Knows sizes and links, not what is in a box.

use std::collections::BTreeMap;

use super::{Page, Point, STEP, layered};

/// Free room between two boxes.
pub(super) const BOX_GAP: i32 = 160;
/// What a link between boxes costs where it goes to the left, in plan units of line.
const BACKWARD: i64 = 900;
/// Up to this many boxes every place is tried for each box, above only those near its neighbours.
const FEW: usize = 16;
/// Visits of a box or link that the search may make.
const WORK: usize = 30_000_000;

/// Links between two boxes: how many run along, how many back.
#[derive(Clone, Copy, Debug)]
struct Link {
    from: usize,
    to: usize,
    forward: i64,
    backward: i64,
}

/// Columns of boxes of these sizes, from left to right, the boxes of each from top to bottom.
pub(super) fn columns(sizes: &[(i32, i32)], edges: &[(usize, usize)], page: Page) -> Vec<Vec<usize>> {
    let mut stacks =
        Stacks { sizes, links: links(edges), page, columns: started(sizes, edges, page), work: 0 };
    stacks.improve();
    stacks.columns
}

/// The corner of each box of these sizes in these columns, from the origin.
pub(super) fn corners(columns: &[Vec<usize>], sizes: &[(i32, i32)]) -> Vec<Point> {
    let corners = stacked(columns, sizes);
    let left = corners.iter().map(|corner| corner.x).min().unwrap_or_default();
    let top = corners.iter().map(|corner| corner.y).min().unwrap_or_default();
    corners.into_iter().map(|corner| Point::new(corner.x - left, corner.y - top)).collect()
}

fn links(edges: &[(usize, usize)]) -> Vec<Link> {
    let mut pairs: BTreeMap<(usize, usize), (i64, i64)> = BTreeMap::new();
    for (from, to) in edges.iter().filter(|(from, to)| from != to) {
        let counts = pairs.entry((*from.min(to), *from.max(to))).or_default();
        if from < to {
            counts.0 += 1;
        } else {
            counts.1 += 1;
        }
    }
    pairs.into_iter().map(|((from, to), (forward, backward))| Link { from, to, forward, backward }).collect()
}

/// The boxes in the order of the layered arrangement, in columns as high as the page allows.
fn started(sizes: &[(i32, i32)], edges: &[(usize, usize)], page: Page) -> Vec<Vec<usize>> {
    let places = layered::places(sizes.len(), edges);
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|one, other| {
        places[*one]
            .0
            .cmp(&places[*other].0)
            .then(places[*one].1.total_cmp(&places[*other].1))
            .then(one.cmp(other))
    });
    let area: f64 =
        sizes.iter().map(|(width, height)| f64::from(width + BOX_GAP) * f64::from(height + BOX_GAP)).sum();
    let wanted = (area / page.aspect()).sqrt() as i32;
    let mut columns: Vec<Vec<usize>> = Vec::new();
    let mut height = i32::MAX;
    for node in order {
        let own = sizes[node].1 + BOX_GAP;
        if height.saturating_add(own / 2) > wanted {
            columns.push(Vec::new());
            height = 0;
        }
        height += own;
        columns.last_mut().into_iter().for_each(|column| column.push(node));
    }
    columns
}

/// Each column as wide as its widest box, the boxes in its middle.
fn stacked(columns: &[Vec<usize>], sizes: &[(i32, i32)]) -> Vec<Point> {
    let mut corners = vec![Point::default(); sizes.len()];
    let on_step = |length: i32| length.div_euclid(STEP) * STEP;
    let mut left = 0;
    for column in columns {
        let width = column.iter().map(|node| sizes[*node].0).max().unwrap_or_default();
        let height: i32 = column.iter().map(|node| sizes[*node].1 + BOX_GAP).sum();
        let mut top = -height / 2;
        for node in column {
            corners[*node] = Point::new(on_step(left + (width - sizes[*node].0) / 2), on_step(top));
            top += sizes[*node].1 + BOX_GAP;
        }
        left += width + BOX_GAP;
    }
    corners
}

/// Boxes in columns.
struct Stacks<'a> {
    sizes: &'a [(i32, i32)],
    links: Vec<Link>,
    page: Page,
    columns: Vec<Vec<usize>>,
    work: usize,
}

impl Stacks<'_> {
    fn middles(&self, columns: &[Vec<usize>]) -> Vec<(i64, i64)> {
        let middle = |(corner, size): (Point, &(i32, i32))| {
            (i64::from(corner.x + size.0 / 2), i64::from(corner.y + size.1 / 2))
        };
        stacked(columns, self.sizes).into_iter().zip(self.sizes).map(middle).collect()
    }

    /// The length of all links, with a price for those to the left, and for a picture that is
    /// larger than the page's shape needs.
    fn cost(&mut self, columns: &[Vec<usize>]) -> i64 {
        self.work += self.sizes.len() + self.links.len();
        let middles = self.middles(columns);
        let mut cost = 0;
        let mut all = 1;
        for link in &self.links {
            let (from, to) = (middles[link.from], middles[link.to]);
            let count = link.forward + link.backward;
            cost += count * ((from.0 - to.0).abs() + (from.1 - to.1).abs());
            cost += BACKWARD * if to.0 > from.0 { link.backward } else { link.forward };
            all += count;
        }
        let width = columns.iter().map(|column| self.widest(column)).sum::<i64>();
        let height = columns.iter().map(|column| self.height(column)).max().unwrap_or_default();
        let extent = width.max((height as f64 * self.page.aspect()) as i64);
        cost + extent * (all + 4) / 4 + height + width
    }

    fn widest(&self, column: &[usize]) -> i64 {
        i64::from(column.iter().map(|node| self.sizes[*node].0).max().unwrap_or_default() + BOX_GAP)
    }

    fn height(&self, column: &[usize]) -> i64 {
        column.iter().map(|node| i64::from(self.sizes[*node].1 + BOX_GAP)).sum()
    }

    /// Every box tries other places, until none finds a better one.
    fn improve(&mut self) {
        let mut cost = self.cost(&self.columns.clone());
        let mut is_better = true;
        while is_better && self.work < WORK {
            is_better = false;
            for node in 0..self.sizes.len() {
                let moves: Vec<_> =
                    self.candidates(node).into_iter().map(|to| self.moved(node, to)).collect();
                let costs = moves.into_iter().map(|columns| (self.cost(&columns), columns));
                let best = costs.collect::<Vec<_>>().into_iter().min_by_key(|(cost, _)| *cost);
                if let Some((new, columns)) = best.filter(|(new, _)| *new < cost) {
                    (cost, self.columns, is_better) = (new, columns, true);
                }
                if self.work >= WORK {
                    return;
                }
            }
        }
    }

    /// Places to try, by column and row.
    fn candidates(&self, node: usize) -> Vec<(usize, usize)> {
        let rows =
            |column: usize| self.columns.get(column / 2).filter(|_| column % 2 == 1).map_or(0, Vec::len);
        // Odd numbers are the columns there are, even ones new columns between them.
        let all = 0..=2 * self.columns.len();
        if self.sizes.len() <= FEW {
            return all.flat_map(|column| (0..=rows(column)).map(move |row| (column, row))).collect();
        }
        let middles = self.middles(&self.columns);
        let (mut x, mut y, mut count) = (0, 0, 0);
        for link in self.links.iter().filter(|link| link.from == node || link.to == node) {
            let other = middles[if link.from == node { link.to } else { link.from }];
            let weight = link.forward + link.backward;
            (x, y, count) = (x + weight * other.0, y + weight * other.1, count + weight);
        }
        if count == 0 {
            return Vec::new();
        }
        let (x, y) = (x / count, y / count);
        let distance = |column: usize| {
            self.columns[column].first().map_or(i64::MAX, |first| (middles[*first].0 - x).abs())
        };
        let mut near: Vec<usize> = (0..self.columns.len()).collect();
        near.sort_by_key(|column| (distance(*column), *column));
        near.truncate(3);
        let row = |column: usize| self.columns[column].iter().filter(|other| middles[**other].1 < y).count();
        near.into_iter()
            .flat_map(|column| {
                (row(column).saturating_sub(1)..=row(column) + 1).map(move |row| (2 * column + 1, row))
            })
            .collect()
    }

    /// The columns with a box elsewhere; the column is counted as in `candidates`.
    fn moved(&self, node: usize, (column, row): (usize, usize)) -> Vec<Vec<usize>> {
        let mut columns = self.columns.clone();
        for column in &mut columns {
            column.retain(|other| *other != node);
        }
        if column % 2 == 0 {
            columns.insert(column / 2, vec![node]);
        } else if let Some(column) = columns.get_mut(column / 2) {
            column.insert(row.min(column.len()), node);
        }
        columns.retain(|column| !column.is_empty());
        columns
    }
}

#[cfg(test)]
mod tests {
    use super::super::Rect;
    use super::*;

    #[test]
    fn boxes_stand_apart_and_linked_ones_from_left_to_right() {
        let sizes = [(400, 300), (900, 500), (300, 300), (600, 800)];
        let corners = corners(&columns(&sizes, &[(0, 1), (0, 1), (1, 3)], Page::Screen), &sizes);
        let rects: Vec<_> =
            corners.iter().zip(sizes).map(|(at, (w, h))| Rect::new(at.x, at.y, w, h)).collect();
        let is_apart = |one: usize, other: usize| one == other || !rects[one].overlaps(&rects[other]);
        assert!((0..4).all(|one| (0..4).all(|other| is_apart(one, other))), "{rects:?}");
        assert!(rects[1].right() <= rects[3].x, "{rects:?}");
    }

    #[test]
    fn many_boxes_fill_the_page() {
        let sizes = [(400, 300); 40];
        let corners = corners(&columns(&sizes, &[], Page::Screen), &sizes);
        let width = corners.iter().map(|corner| corner.x).max().unwrap() + 400;
        let height = corners.iter().map(|corner| corner.y).max().unwrap() + 300;
        let aspect = f64::from(width) / f64::from(height);
        assert!((1.2..2.6).contains(&aspect), "{width} x {height}");
    }
}
